import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createLicenseService } from '../../../electron/license/service.ts';
import { ok } from '../../../shared/result.ts';
import { start, type Installation, type Place } from './installation.ts';
import { portalOf } from './portal.ts';
import { lostBy, unknownSeats, type Seat } from './rules.ts';
import { summarize, type Summary } from './summary.ts';

/** The checks after a death: new objects on the files, as after a restart. */

export interface Subject extends Place {
  readonly productId: string;
  readonly codes: readonly string[];
}

export interface Finding {
  readonly problems: readonly string[];
  readonly summary: Summary;
}

async function look(installation: Installation, { dataDir, productId }: Subject): Promise<Summary> {
  const { theme } = installation.services.settings.current();
  return summarize(installation.engine, { dataDir, productId, theme });
}

/** Looks, changes nothing but the lock, and tells what can be told without a repair. */
export async function checkAsFound(subject: Subject): Promise<Finding> {
  const installation = await start(subject);
  try {
    const summary = await look(installation, subject);
    const problems: string[] = [];
    const vault = await installation.engine.vault();
    // No time to wait: what a dead process held has to be free at the first look.
    const free = vault.ok
      ? await vault.value.withLock(() => Promise.resolve(ok(null)), { timeoutMs: 0 })
      : vault;
    if (!free.ok) problems.push(`the lock can not be had at once: ${free.error.code}`);
    return { problems, summary };
  } finally {
    await installation.close();
  }
}

/**
 * Starts as the application does, lets it finish what was open, and sees to it that everything is in step with the
 * server and can be used.
 * @param seatsAtServer what the server holds for this device
 * @param isCarried whether a seat was taken by a response that the person has and the device never saw
 */
export async function checkRecovered(
  subject: Subject,
  before: Summary,
  seatsAtServer: () => readonly Seat[],
  isCarried: (seat: Seat, device: Summary) => boolean,
): Promise<Finding> {
  const installation = await start(subject);
  try {
    const { services, engine } = installation;
    const { productId, dataDir } = subject;
    const problems: string[] = [];
    await services.reconcile();
    const reconciled = await createLicenseService(engine).reconcile(productId);
    if (!reconciled.ok) problems.push(`what was open can not be finished: ${reconciled.error.code}`);
    const recovered = await look(installation, subject);
    problems.push(...lostBy({ verb: 'reconcile', about: null }, before, recovered));
    if (recovered.releases.length > 0) problems.push('the seat of an earlier activation was not given back');
    // Not while a response may be on its way whose seat it would be.
    if (recovered.withdrawals && recovered.requests.length === 0) problems.push('a seat was not withdrawn');
    if (recovered.journal !== null && recovered.journal !== 'call') {
      problems.push(`an intent was left open: ${recovered.journal}`);
    }
    for (const seat of unknownSeats(seatsAtServer(), recovered)) {
      // It is withdrawn once the response can not come any more.
      if (seat.mode === 'online' && recovered.withdrawals) continue;
      if (!isCarried(seat, recovered)) problems.push(`the ${seat.mode} seat ${seat.id} is known to nobody`);
    }
    const { activation } = recovered;
    if (activation !== null) {
      const used = await use(installation, subject, recovered);
      if (used !== 'ok') problems.push(`the activation can not be used: ${used}`);
      const [state] = (await services.snapshot()).licenses.map((license) => license.state);
      if (state !== 'active') problems.push(`the license is ${state ?? 'missing'}`);
    }
    const summary = await look(installation, subject);
    problems.push(...lostBy({ verb: 'refresh', about: null }, recovered, summary));
    if (summary.activation?.id !== activation?.id) problems.push('the activation was lost when it was used');
    if (activation?.mode === 'online' && summary.journal !== null) problems.push('a call was left open');
    if (summary.file !== summary.placed) problems.push('the license file is not in step');
    const checked = await services.licenseFile.check(productId, null);
    const expected = summary.file === null ? 'licenseFileMissing' : 'ok';
    const code = checked.ok ? 'ok' : checked.error.code;
    if (code !== expected) problems.push(`the check says ${code} instead of ${expected}`);
    problems.push(...litter(dataDir).map((name) => `left behind: ${name}`));
    return { problems, summary };
  } finally {
    await installation.close();
  }
}

/** A refresh in the way that the activation has it. @returns `ok`, or why it failed */
async function use(installation: Installation, subject: Subject, { activation }: Summary): Promise<string> {
  const { services } = installation;
  if (activation?.mode !== 'offline') {
    const { licenses } = await services.snapshot();
    // The vendor has enabled again what was disabled: the state is asked for first, as the window does.
    if (licenses.some(({ actions }) => !actions.includes('refresh') && actions.includes('pullState'))) {
      await services.license.pullState(subject.productId);
    }
    const refreshed = await services.license.refresh(subject.productId);
    return refreshed.ok ? 'ok' : refreshed.error.code;
  }
  const { code, token } = await portalOf(subject.profile).refresh(subject.codes[0] ?? '', activation.id);
  if (token === null) return code;
  const imported = await services.offline.importToken(token);
  return imported.ok ? 'ok' : imported.error.code;
}

/** Files that a write left in the middle, which the next one has to sweep up. */
function litter(dataDir: string): readonly string[] {
  return readdirSync(path.join(dataDir, 'vault')).filter((name) => name.includes('.next'));
}
