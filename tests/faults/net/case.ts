import type { CallFailure, LicensingApi } from '../../../electron/api/client.ts';
import { createLicensingApi } from '../../../electron/api/client.ts';
import type { ClientIdentity } from '../../../electron/api/client-identity.ts';
import { STRAIGHT, type Network } from '../../../electron/api/network.ts';
import { patientTransport } from '../../../electron/api/patient-transport.ts';
import { PinnedAgent, type PinnedAgentOptions } from '../../../electron/api/pinned-agent.ts';
import {
  createTransport,
  DEFAULT_LIMITS,
  type Transport,
  type TransportLimits,
} from '../../../electron/api/transport.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import type { Log } from '../../../electron/ports.ts';
import type { Facts } from '../../../shared/facts.ts';
import type { RandomBytes } from '../../../shared/token/keys.ts';
import { leaksIn } from '../../support/leaks.ts';
import { callOf, KINDS, makeSecrets, type Kind, type Secrets } from './kinds.ts';
import { allOf, type Heard } from './peers.ts';
import type { Pki } from './pki.ts';

/** How the client is set up, apart from what every case has. */
export interface ClientSettings {
  readonly url: string;
  readonly pins: PinnedAgentOptions['pins'];
  readonly pinning: 'required' | 'report';
  readonly ca: string | undefined;
  readonly network: Network;
  readonly limits: TransportLimits;
  readonly timeoutPerRoute: number;
  readonly now: () => number;
}

/** Makes the transport under test; controls put a worse one in its place. */
export type MakeTransport = (settings: ClientSettings, log: Log) => Transport;

/** The transport as the application puts it together, with short waits. */
export const makeTransport: MakeTransport = (settings, log) => {
  const { pins, pinning, ca, network, limits, timeoutPerRoute, now } = settings;
  const clock = { now, monotonic: systemClock.monotonic };
  const agent = new PinnedAgent({
    pins,
    pinning,
    ca,
    network,
    clock,
    random: systemRandom,
    timeoutPerRoute,
    onAccepted: ({ isPinned }) => log.info('connected', { isPinned }),
  });
  return patientTransport(createTransport(agent, limits), {
    clock,
    random: systemRandom,
    log,
    deadline: limits.deadline,
    rules: { attempts: 3, base: 2, longest: 3000 },
  });
};

/** What a case has put up, and what has to be looked at afterwards. */
export interface Stage {
  readonly settings: Partial<Omit<ClientSettings, 'limits' | 'url'>> & {
    readonly url: string;
    readonly limits?: Partial<TransportLimits>;
  };
  /** The verified server; it may hear secrets. */
  readonly server?: Heard;
  /** Peers that were not verified: not a byte may be heard behind their handshakes. */
  readonly strangers?: readonly Heard[];
  /** Those on the way, who pass on what they can't read. */
  readonly between?: readonly Heard[];
  /** Done before the call that counts. */
  readonly before?: (api: LicensingApi, around: Pick<World, 'kind' | 'secrets'>) => Promise<void>;
  /** The certificate that the device has; none without it. */
  readonly identity?: ClientIdentity;
}

export interface Expected {
  /** Codes that are right; `ok` for success. Mostly one. */
  readonly codes: readonly string[];
  readonly end?: readonly CallFailure['end'][];
  /** What has to be among the facts of the failure. */
  readonly facts?: Partial<Facts>;
  /** Whole requests that the verified server has to have heard. */
  readonly requests?: number;
}

/** The means that a case is put up with. Everything that is kept is closed when the case is over. */
export interface World {
  readonly pki: Pki;
  readonly random: RandomBytes;
  readonly secrets: Secrets;
  readonly kind: Kind;
  readonly keep: <T extends { readonly close: () => Promise<void> }>(closable: Promise<T>) => Promise<T>;
}

export interface NetCase {
  readonly name: string;
  /** The kinds of calls that it is played with; all without it. */
  readonly kinds?: readonly Kind[];
  readonly arrange: (world: World) => Promise<Stage>;
  readonly expect: (kind: Kind) => Expected;
}

const DEADLINE = 15_000;

/** Plays a case with one kind of call. @returns what was wrong; empty if nothing was */
export async function playCase(
  it: NetCase,
  kind: Kind,
  {
    pki,
    random,
    make,
    bound,
  }: {
    readonly pki: Pki;
    readonly random: RandomBytes;
    readonly make: MakeTransport;
    readonly bound: number;
  },
): Promise<readonly string[]> {
  const closers: (() => Promise<void>)[] = [];
  const secrets = makeSecrets(random);
  const world: World = {
    pki,
    random,
    secrets,
    kind,
    keep: async (closable) => {
      const kept = await closable;
      closers.push(kept.close);
      return kept;
    },
  };
  const logged: string[] = [];
  const write = (message: string, details: unknown) => void logged.push(JSON.stringify([message, details]));
  const log: Log = { debug: write, info: write, warn: write, error: write };
  try {
    const stage = await it.arrange(world);
    const settings: ClientSettings = {
      pins: () => [{ sha256: pki.pin }, { sha256: pki.backupPin }],
      pinning: 'required',
      ca: pki.authority.certificate,
      network: STRAIGHT,
      timeoutPerRoute: DEADLINE,
      now: Date.now,
      ...stage.settings,
      limits: { ...DEFAULT_LIMITS, deadline: DEADLINE, ...stage.settings.limits },
    };
    const api = createLicensingApi({
      baseUrl: settings.url,
      tenantId: 't_0000000000000000000001',
      transport: make(settings, log),
      clock: { now: settings.now, monotonic: systemClock.monotonic },
      random: systemRandom,
      log,
    });
    await stage.before?.(api, world);
    const outcome = await within(bound, callOf(kind, api, secrets, stage.identity));
    if (outcome === null) return [`did not end within ${bound} ms`];
    const problem = outcome.ok ? null : outcome.error;
    const tells = JSON.stringify([problem?.failure ?? null, logged]);
    return [...judge(it.expect(kind), problem, stage), ...leaks(secrets, stage, tells)];
  } finally {
    await Promise.all(closers.map((close) => close()));
  }
}

async function within<T>(bound: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), bound);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function judge(expected: Expected, problem: CallFailure | null, stage: Stage): readonly string[] {
  const wrong: string[] = [];
  const code = problem?.failure.code ?? 'ok';
  if (!expected.codes.includes(code)) {
    const system = problem?.failure.facts?.system ?? '-';
    wrong.push(`ended in ${code} (${system}) instead of ${expected.codes.join(' or ')}`);
  }
  if (problem !== null && expected.end !== undefined && !expected.end.includes(problem.end)) {
    wrong.push(`its end is ${problem.end} instead of ${expected.end.join(' or ')}`);
  }
  for (const [name, value] of Object.entries(expected.facts ?? {})) {
    const found = problem?.failure.facts?.[name as keyof Facts];
    if (found !== value) wrong.push(`the fact ${name} is ${String(found)} instead of ${String(value)}`);
  }
  const requests = stage.server?.requests;
  if (expected.requests !== undefined && requests !== expected.requests) {
    wrong.push(`the server heard ${requests ?? 0} requests instead of ${expected.requests}`);
  }
  return wrong;
}

function leaks(secrets: Secrets, stage: Stage, tells: string): readonly string[] {
  const heard = (stage.strangers ?? []).reduce((sum, stranger) => sum + allOf(stranger).length, 0);
  const list = Object.entries(secrets).map(([kind, value]: [string, string]) => ({ kind, value }));
  const found = leaksIn(list, [
    ...(stage.strangers ?? []).map((stranger) => ({ name: 'what a stranger heard', bytes: allOf(stranger) })),
    ...(stage.between ?? []).map((one) => ({ name: 'what was heard on the way', bytes: allOf(one) })),
    { name: 'failure and log', bytes: Buffer.from(tells) },
  ]);
  return heard > 0 ? [...found, `a stranger heard ${heard} bytes`] : found;
}

/** Every case with every kind of call that it is for. */
export function playsOf(cases: readonly NetCase[]): readonly { readonly it: NetCase; readonly kind: Kind }[] {
  return cases.flatMap((it) => (it.kinds ?? KINDS).map((kind) => ({ it, kind })));
}
