import { createLicenseService } from '../../../electron/license/service.ts';
import type { Result } from '../../../shared/result.ts';
import { typedLogin } from '../../support/typed-secrets.ts';
import type { Installation, Place } from './installation.ts';
import type { Person } from './market.ts';
import { portalOf } from './portal.ts';
import type { Summary } from './summary.ts';

/** What finishes an installation's open work: the application itself, and its user where only they can. */

export interface Subject extends Place {
  readonly productId: string;
  readonly codes: readonly string[];
  readonly person: Person;
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

const actionsOf = async ({ services }: Installation) =>
  (await services.snapshot()).licenses.flatMap(({ actions }) => actions);

async function signIn({ services }: Installation, { productId, person }: Subject): Promise<string> {
  return codeOf(await services.license.activateWithPassword({ productId, ...typedLogin(person) }));
}

/**
 * Starts as the application does. Where an account is needed for what was open its user signs in, or goes on with the
 * license that is there, which puts the rest off.
 * @returns a sentence for everything that could not be finished
 */
export async function finishOpen(installation: Installation, subject: Subject): Promise<readonly string[]> {
  const { services, engine } = installation;
  const { productId } = subject;
  const reconcile = async () => codeOf(await createLicenseService(engine).reconcile(productId));
  await services.reconcile();
  let outcome = await reconcile();
  if (outcome === 'signInNeeded') {
    const mayFinish = (await actionsOf(installation)).includes('activateWithAccount');
    outcome = mayFinish
      ? await signIn(installation, subject)
      : codeOf(await services.license.refresh(productId));
    if (outcome === 'ok') outcome = await reconcile();
  }
  return outcome === 'ok' ? [] : [`what was open can not be finished: ${outcome}`];
}

/** A refresh in the way that the activation has it. @returns `ok`, or why it failed */
export async function use(
  installation: Installation,
  subject: Subject,
  { activation }: Summary,
): Promise<string> {
  const { services } = installation;
  const { productId } = subject;
  if (activation?.mode !== 'offline') {
    const actions = await actionsOf(installation);
    // The vendor has enabled again what was disabled: the state is asked for first, as the window does.
    if (!actions.includes('refresh') && actions.includes('pullState')) {
      await services.license.pullState(productId);
    }
    const refreshed = codeOf(await services.license.refresh(productId));
    if (refreshed !== 'signInNeeded') return refreshed;
    // The answer that was lost belongs to an account: only its user can have it once more.
    const mended = await signIn(installation, subject);
    return mended === 'ok' ? codeOf(await services.license.refresh(productId)) : mended;
  }
  const { code, token } = await portalOf(subject.profile).refresh(subject.codes[0] ?? '', activation.id);
  if (token === null) return code;
  return codeOf(await services.offline.importToken(token));
}

/**
 * The user gives back what is held, signs in for the seat that only they can find, and gives that back as well.
 * @returns a sentence for everything that went wrong
 */
export async function releaseSuspended(
  installation: Installation,
  subject: Subject,
  isHeld: boolean,
): Promise<readonly string[]> {
  const { license } = installation.services;
  const { productId } = subject;
  const given = isHeld ? codeOf(await license.deactivate(productId)) : 'ok';
  const found = given === 'ok' ? await signIn(installation, subject) : given;
  const released = found === 'ok' ? codeOf(await license.deactivate(productId)) : found;
  return released === 'ok' ? [] : [`the seat of an account can not be given back: ${released}`];
}
