import * as v from 'valibot';
import { reasonOfContact } from '../../../shared/license/reasons.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { isErrorCode } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { RandomBytes } from '../../../shared/token/keys.ts';
import type { LicensingApi as Server } from '../../licensing-api/server.ts';
import { manage } from '../../support/back-office.ts';
import { ENGINE_FAULTS, mend, type EngineFault } from './engine-faults.ts';
import { MODES, putUpStage, type Mode, type Stage } from './engine-stage.ts';
import { makeTransport, type MakeTransport } from './case.ts';
import { withInstallation, type Installation } from './installation.ts';
import type { MatrixOutcome } from './matrix.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/**
 * What a broken network does to an installation: every operation of the engine meets every fault, and afterwards the
 * vault has to be whole, the reason shown, and the operation to be finished as if nothing had been, with one seat.
 */

const OPERATIONS = ['activate', 'refresh', 'pullState', 'checkout', 'deactivate'] as const;
type Operation = (typeof OPERATIONS)[number];

/** Silence is waited out; on a busy machine everything else must still fit into it. */
const DEADLINE = 6000;

const WORKERS = 3;

/** Reasons that say that something is wrong with the stored license. */
const DAMAGE = /^(?:vault|seat|deviceChanged|clockRolledBack)/;

const created = v.object({ id: v.string(), activationCode: v.string() });
const managed = v.object({ seatsUsed: v.number() });

async function buy(server: Server): Promise<v.InferOutput<typeof created>> {
  const plan = {
    name: 'Yearly',
    licenseType: 'Subscription',
    licenseStartType: 'EntitlementCreation',
    licenseDuration: { type: 'Year', count: 1 },
  };
  const features = [{ key: 'render-nodes', type: 'elementPool', total: 10 }];
  const wish = { productId: server.productId, seatCount: 1, plan, features };
  return v.parse(created, await manage(server, 'POST', '/entitlements', wish));
}

const seatsUsed = async (server: Server, id: string): Promise<number> =>
  v.parse(managed, await manage(server, 'GET', `/entitlements/${id}`)).seatsUsed;

async function perform(
  { services }: Installation,
  operation: Operation,
  productId: string,
  code: string,
): Promise<Result<LicenseView>> {
  switch (operation) {
    case 'activate':
      return services.license.activate({ productId, code: typedCode(code) });
    case 'checkout':
      return services.license.changeFeature(productId, { kind: 'checkout', key: 'render-nodes', amount: 1 });
    default:
      return services.license[operation](productId);
  }
}

interface Play {
  readonly mode: Mode;
  readonly fault: EngineFault;
  readonly operation: Operation;
}

const nameOf = ({ mode, fault, operation }: Play): string =>
  `${fault.name}, ${operation}${mode === 'vendor' ? '' : ` (${mode})`}`;

async function play(
  it: Play,
  stage: Stage,
  make: MakeTransport,
  random: RandomBytes,
): Promise<readonly string[]> {
  const { fault, operation } = it;
  const { server, reader, unused } = stage;
  const path = { ...stage, random };
  const { id, activationCode } = await buy(server);
  const wrong: string[] = [];
  const say = (what: string) => void wrong.push(`${nameOf(it)}: ${what}`);
  const damageIn = ({ reasons }: LicenseView): readonly string[] =>
    reasons.flatMap(({ code }) => (DAMAGE.test(code) && fault.tolerated?.test(code) !== true ? [code] : []));

  await withInstallation({ ...stage.installed, make, deadline: DEADLINE }, async (first, restart) => {
    const act = (on: Installation, what: Operation) => perform(on, what, server.productId, activationCode);
    if (operation !== 'activate') {
      const begun = await act(first, 'activate');
      if (!begun.ok) say(`the seat could not be taken: ${begun.error.code}`);
    }
    const before = await first.view();
    reader.heard.bytes.length = 0;
    await fault.cause(path);
    const met = (await first.view()).reasons.map((reason) => reason.code);
    if (operation !== 'activate' && fault.told !== undefined && !met.includes(fault.told))
      say(`${fault.told} was not shown, but ${met.join()}`);
    const outcome = await act(first, operation);
    const code = outcome.ok ? 'ok' : outcome.error.code;
    const codes = fault.refused?.includes(operation) === true ? ['notAllowedInState'] : fault.codes;
    if (!codes.includes(code)) say(`ended in ${code} instead of ${codes.join(' or ')}`);
    if (reader.heard.bytes.length > 0) say('whoever read along heard something');
    if (unused !== null && unused.connections > 0) say('the server that was not chosen was called');

    const hit = await first.view();
    if (damageIn(hit).length > 0) say(`then ${damageIn(hit).join()} was shown`);
    if (!outcome.ok && fault.unsent && hit.state !== before.state) say(`the state became ${hit.state}`);
    const shown = isErrorCode(code) ? reasonOfContact(code) : null;
    const isTold = shown === null || hit.reasons.some((reason) => reason.code === shown);
    if (!isTold && hit.state === 'active') say(`${code} was not shown`);
    await mend(path);
    if (!outcome.ok && fault.unsent && (await seatsUsed(server, id)) !== (operation === 'activate' ? 0 : 1))
      say('a seat was taken or lost without a call');

    const second = await restart();
    if (damageIn(await second.view()).length > 0) say('the vault was not whole after a start');
    await second.services.reconcile();
    if (fault.tolerated !== undefined && operation !== 'deactivate') await act(second, 'refresh');
    await finish(second, act, operation, outcome.ok, say);
    const wanted = operation === 'deactivate' ? 0 : 1;
    const used = await seatsUsed(server, id);
    if (used !== wanted) say(`in the end ${used} seats were taken instead of ${wanted}`);
  });
  return wrong;
}

/** Does what failed once more, where the start has not finished it, and holds the end against the wish. */
async function finish(
  on: Installation,
  act: (on: Installation, what: Operation) => Promise<Result<LicenseView>>,
  operation: Operation,
  done: boolean,
  say: (what: string) => void,
): Promise<void> {
  const found = await on.view();
  const isThere =
    operation === 'activate'
      ? found.state === 'active'
      : operation === 'deactivate' && found.state === 'notActivated';
  if (!done && !isThere) {
    const again = await act(on, operation);
    if (!again.ok) say(`could not be done afterwards: ${again.error.code}`);
  }
  const end = await on.view();
  const wanted = operation === 'deactivate' ? 'notActivated' : 'active';
  if (end.state !== wanted) say(`ended as ${end.state}`);
  const damage = end.reasons.map(({ code }) => code).filter((code) => DAMAGE.test(code));
  if (damage.length > 0) say(`in the end ${damage.join()} was shown`);
  if (operation !== 'deactivate' && !(await act(on, 'refresh')).ok) say('could not be refreshed in the end');
}

/**
 * Plays every operation with every fault, and some of them with a Local License Server and with client certificates.
 * @param options.only a part of the name of a play
 */
export async function playEngineMatrix(options: {
  readonly random: (name: string) => RandomBytes;
  readonly only?: string;
  readonly make?: MakeTransport;
}): Promise<MatrixOutcome> {
  const { make = makeTransport, only = '' } = options;
  let cases = 0;
  const wrong: string[] = [];
  for (const mode of MODES) {
    const plays = ENGINE_FAULTS.filter((fault) => mode === 'vendor' || fault.everywhere === true)
      .flatMap((fault) => OPERATIONS.map((operation): Play => ({ mode, fault, operation })))
      .filter((it) => nameOf(it).includes(only));
    cases += plays.length;
    const left = plays.values();
    const work = async (): Promise<void> => {
      const stage = await putUpStage(mode);
      try {
        for (const next of left) wrong.push(...(await play(next, stage, make, options.random(nameOf(next)))));
      } finally {
        await stage.close();
      }
    };
    await Promise.all(Array.from({ length: Math.min(WORKERS, plays.length) }, work));
  }
  return { cases, wrong };
}
