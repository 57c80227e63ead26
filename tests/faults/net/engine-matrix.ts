import * as v from 'valibot';
import { STRAIGHT, type Network } from '../../../electron/api/network.ts';
import { reasonOfContact } from '../../../shared/license/reasons.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { isErrorCode } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { RandomBytes } from '../../../shared/token/keys.ts';
import { startLicensingApi, type LicensingApi as Server } from '../../licensing-api/server.ts';
import { manage } from '../../support/back-office.ts';
import { ENGINE_FAULTS, mend, type EngineFault, type Path } from './engine-faults.ts';
import { makeTransport, type MakeTransport } from './case.ts';
import { openFront } from './front.ts';
import { withInstallation, type Installation } from './installation.ts';
import type { MatrixOutcome } from './matrix.ts';
import { tlsPeer } from './peers.ts';
import { makePki } from './pki.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/**
 * What a broken network does to an installation: every operation of the engine meets every fault, and afterwards the
 * vault has to be whole, the reason shown, and the operation to be finished as if nothing had been, with one seat.
 */

const OPERATIONS = ['activate', 'refresh', 'pullState', 'checkout', 'deactivate'] as const;
type Operation = (typeof OPERATIONS)[number];

/** Silence is waited out; on a busy machine everything else must still fit into it. */
const DEADLINE = 6000;

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

const damageIn = ({ reasons }: LicenseView): readonly string[] =>
  reasons.map(({ code }) => code).filter((code) => DAMAGE.test(code));

/** What a play can't change. */
interface Surroundings {
  readonly network: Network;
  readonly make: MakeTransport;
}

interface Play {
  readonly fault: EngineFault;
  readonly operation: Operation;
}

async function play(
  { fault, operation }: Play,
  path: Path,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  const { server, front, reader } = path;
  const { id, activationCode } = await buy(server);
  const api = { ...server.profile.api, url: `https://localhost:${front.port}` };
  const profile = { ...server.profile, api };
  const wrong: string[] = [];
  const say = (what: string) => void wrong.push(`${fault.name}, ${operation}: ${what}`);

  await withInstallation({ ...surroundings, profile, deadline: DEADLINE }, async (first, restart) => {
    const act = (on: Installation, what: Operation) => perform(on, what, server.productId, activationCode);
    if (operation !== 'activate') {
      const begun = await act(first, 'activate');
      if (!begun.ok) say(`the seat could not be taken: ${begun.error.code}`);
    }
    const before = await first.view();
    reader.heard.bytes.length = 0;
    await fault.cause(path);
    const outcome = await act(first, operation);
    const code = outcome.ok ? 'ok' : outcome.error.code;
    if (!fault.codes.includes(code)) say(`ended in ${code} instead of ${fault.codes.join(' or ')}`);
    if (reader.heard.bytes.length > 0) say('whoever read along heard something');

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
  if (damageIn(end).length > 0) say(`in the end ${damageIn(end).join()} was shown`);
  if (operation !== 'deactivate' && !(await act(on, 'refresh')).ok) say('could not be refreshed in the end');
}

/** Plays every operation with every fault. @param options.only a part of the name of a fault */
export async function playEngineMatrix(options: {
  readonly random: (name: string) => RandomBytes;
  readonly only?: string;
  readonly make?: MakeTransport;
}): Promise<MatrixOutcome> {
  const { make = makeTransport } = options;
  const plays = ENGINE_FAULTS.filter(({ name }) => name.includes(options.only ?? '')).flatMap((fault) =>
    OPERATIONS.map((operation) => ({ fault, operation })),
  );
  const left = plays.values();
  // Certificates and faults are the server's: each worker has one of its own.
  const work = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    const closers: (() => Promise<void>)[] = [];
    const keep: Path['keep'] = async (closable) => {
      const kept = await closable;
      closers.push(kept.close);
      return kept;
    };
    const server = await keep(startLicensingApi({ writeLog: () => undefined }));
    const pki = await makePki();
    const pem = await pki.certify({ authority: pki.inspection, key: pki.otherKey });
    const reader = await keep(tlsPeer({ pem, talk: (socket) => void socket.destroy() }));
    const front = await keep(openFront(Number(new URL(server.url).port)));
    let way: Network['routesTo'] | null = null;
    const network: Network = { ...STRAIGHT, routesTo: (url) => (way ?? STRAIGHT.routesTo)(url) };
    const route = (next: typeof way) => {
      way = next;
    };
    try {
      for (const next of left) {
        const random = options.random(`${next.fault.name}, ${next.operation}`);
        const path: Path = { server, front, reader, random, route, keep };
        found.push(...(await play(next, path, { network, make })));
      }
    } finally {
      for (const close of closers.toReversed()) await close();
    }
    return found;
  };
  const workers = await Promise.all([work(), work(), work()]);
  return { cases: plays.length, wrong: workers.flat() };
}
