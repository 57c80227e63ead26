import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ok } from '../../../shared/result.ts';
import { finishOpen, releaseSuspended, use, type Subject } from './finish.ts';
import { start, type Installation } from './installation.ts';
import { COUNT, POOL, type Counted } from './market.ts';
import { lostBy, unknownSeats, type Seat } from './rules.ts';
import { summarize, type Summary } from './summary.ts';

/** The checks after a death: new objects on the files, as after a restart. */

export interface Finding {
  readonly problems: readonly string[];
  readonly summary: Summary;
}

/** What is known outside of the device. */
export interface Around {
  /** What the server holds for this device. */
  readonly seats: () => readonly Seat[];
  /** Whether a seat was taken by a response that the person has and the device never saw. */
  readonly isCarried: (seat: Seat, device: Summary) => boolean;
  /** What the server has counted for an activation. */
  readonly counted: (activationId: string) => Counted;
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
 */
export async function checkRecovered(subject: Subject, before: Summary, around: Around): Promise<Finding> {
  const installation = await start(subject);
  try {
    const { services } = installation;
    const { productId, dataDir } = subject;
    const problems = [...(await finishOpen(installation, subject))];
    const recovered = await look(installation, subject);
    problems.push(
      ...lostBy({ verb: 'reconcile', about: null }, before, recovered),
      ...leftOpen(recovered, around),
    );
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
    if (summary.activation?.mode === 'online') problems.push(...outOfStep(summary, around));
    if (summary.file !== summary.placed) problems.push('the license file is not in step');
    const checked = await services.licenseFile.check(productId, null);
    const expected = summary.file === null ? 'licenseFileMissing' : 'ok';
    const code = checked.ok ? 'ok' : checked.error.code;
    if (code !== expected) problems.push(`the check says ${code} instead of ${expected}`);
    const end = await freeSuspended(installation, subject, summary, around);
    problems.push(...end.problems, ...litter(dataDir).map((name) => `left behind: ${name}`));
    return { problems, summary: end.summary };
  } finally {
    await installation.close();
  }
}

/** What is still open after the application and its user have done what they can. */
function leftOpen(recovered: Summary, { seats, isCarried }: Around): readonly string[] {
  const problems: string[] = [];
  const { journal, releases, requests, suspended, withdrawals } = recovered;
  if (releases.length > 0) problems.push('the seat of an earlier activation was not given back');
  // Not while a response may be on its way whose seat it would be.
  if (withdrawals && requests.length === 0) problems.push('a seat was not withdrawn');
  if (journal !== null && journal !== 'call') problems.push(`an intent was left open: ${journal}`);
  for (const seat of unknownSeats(seats(), recovered)) {
    // It is withdrawn once the response can not come any more, or its user has signed in.
    if (seat.mode === 'online' && (withdrawals || suspended)) continue;
    if (!isCarried(seat, recovered)) problems.push(`the ${seat.mode} seat ${seat.id} is known to nobody`);
  }
  return problems;
}

/** Where an activation that is used over the network is not as the server has it. */
function outOfStep({ activation, journal, features, keys }: Summary, { counted }: Around): readonly string[] {
  const problems: string[] = [];
  const id = activation?.id ?? '';
  if (journal !== null) problems.push('a call was left open');
  const really = counted(id);
  for (const key of [POOL, COUNT]) {
    const shown = features[key] ?? 0;
    if (shown !== really[key]) problems.push(`${shown} of ${key} are shown, and ${really[key]} are counted`);
  }
  for (const key of keys) if (key !== id) problems.push(`the key of ${key}, which is over, is kept`);
  return problems;
}

/** A seat of an account that was put off can be found and given back by its user. */
async function freeSuspended(
  installation: Installation,
  subject: Subject,
  summary: Summary,
  { seats }: Around,
): Promise<Finding> {
  const { activation, suspended } = summary;
  if (!suspended || activation?.mode === 'offline') return { problems: [], summary };
  const problems = [...(await releaseSuspended(installation, subject, activation !== null))];
  const end = await look(installation, subject);
  problems.push(...lostBy({ verb: 'deactivate', about: null }, summary, end));
  if (end.suspended) problems.push('the seat of an account was not withdrawn');
  // Those of responses that the person carries are told of elsewhere.
  const left = unknownSeats(seats(), end).filter(({ mode }) => mode === 'online');
  if (!end.withdrawals)
    problems.push(...left.map(({ id }) => `the seat ${id} was not given back by its user`));
  return { problems, summary: end };
}

/** Files that a write left in the middle, which the next one has to sweep up. */
function litter(dataDir: string): readonly string[] {
  return readdirSync(path.join(dataDir, 'vault')).filter((name) => name.includes('.next'));
}
