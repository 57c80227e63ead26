import type { Network, Proxy } from '../../../electron/api/network.ts';
import type { ReasonCode } from '../../../shared/license/reasons.ts';
import type { RandomBytes } from '../../../shared/token/keys.ts';
import type { CertificateVariant } from '../../licensing-api/tls/variants.ts';
import type { Fault } from '../../licensing-api/faults.ts';
import type { LicensingApi as Server } from '../../licensing-api/server.ts';
import type { Front, Passage } from './front.ts';
import type { Peer } from './peers.ts';
import { askLogin, httpProxy } from './proxies.ts';

/** The one network between an installation and its server, which a fault breaks and `mend` puts right. */
export interface Path {
  readonly server: Server;
  readonly front: Front;
  /** A peer that reads along with a certificate of its own. */
  readonly reader: Peer;
  readonly random: RandomBytes;
  /** What the client takes for the network of the system. */
  readonly route: (way: Network['routesTo'] | null) => void;
  /** Milliseconds that the clock of the device is ahead. */
  readonly skew: (ahead: number) => void;
  readonly keep: <T extends { readonly close: () => Promise<void> }>(closable: Promise<T>) => Promise<T>;
}

export interface EngineFault {
  readonly name: string;
  /** Codes that the operation may fail with; `ok` where the fault can come too late. */
  readonly codes: readonly string[];
  /** Whether it is certain that the server never heard of the operation. */
  readonly unsent: boolean;
  readonly cause: (path: Path) => Promise<void>;
  /** What a clock that is wrong may be told by until the server was asked again with a right one. */
  readonly tolerated?: RegExp;
  /** A reason that is shown of a held license before anything is asked of the server; none without it. */
  readonly told?: ReasonCode;
  /** Operations that the state then does not allow (`notAllowedInState`). */
  readonly refused?: readonly string[];
  /** Played with Local License Servers and client certificates, too. */
  readonly everywhere?: true;
}

const passage = (name: string, code: string, to: Passage): EngineFault => ({
  name,
  codes: [code],
  unsent: true,
  cause: ({ front }) => Promise.resolve(front.set(to)),
});

const certificate = (variant: CertificateVariant, code: string): EngineFault => ({
  name: `certificate ${variant}`,
  codes: [code],
  unsent: true,
  cause: ({ server }) => server.setCertificate(variant),
});

const answer = (name: string, codes: readonly string[], fault: Fault): EngineFault => ({
  name,
  codes,
  unsent: false,
  cause: ({ server }) => Promise.resolve(server.faults.next(fault)),
});

/** A place where the connection breaks that differs from seed to seed. */
const frail = (of: 'client' | 'server', most: number, nth: number): EngineFault => ({
  name: `broken after some bytes of the ${of} (${nth})`,
  codes: ['serverUnreachable', 'tlsFailed', 'answerMalformed', 'ok'],
  unsent: false,
  cause: ({ front, random }) => {
    const [high = 0, low = 0] = random.bytes(2);
    return Promise.resolve(front.set({ kind: 'frail', of, bytes: (high * 256 + low) % most }));
  },
});

const proxied = (name: string, code: string, refusal: string): EngineFault => ({
  name,
  codes: [code],
  unsent: true,
  cause: async ({ front, keep, route }) => {
    const { proxy } = await keep(httpProxy({ leadsTo: front.port, refuse: () => refusal }));
    route(() => Promise.resolve([proxy]));
  },
});

const everywhere = (fault: EngineFault): EngineFault => ({ ...fault, everywhere: true });

const HOUR = 60 * 60_000;

/** A clock that is wrong on one side, while everything else is well. */
const clock = (name: string, cause: EngineFault['cause']): EngineFault => ({
  name,
  codes: ['ok'],
  unsent: false,
  cause,
  tolerated: /^clockRolledBack$/,
});
const deviceClock = (
  name: string,
  ahead: number,
  told: ReasonCode,
  refused: readonly string[],
): EngineFault => ({
  ...clock(`the clock of the device ${name}`, ({ skew }) => Promise.resolve(skew(ahead))),
  told,
  refused,
});
const serverClock = (name: string, ahead: number): EngineFault =>
  clock(`the clock of the server ${name}`, ({ server }) =>
    Promise.resolve(server.setDate(() => Date.now() + ahead)),
  );

const NOWHERE: Proxy = { scheme: 'http', host: 'no-such-proxy.invalid', port: 3128 };

export const ENGINE_FAULTS: readonly EngineFault[] = [
  everywhere(passage('nobody there', 'serverUnreachable', { kind: 'shut' })),
  passage('silence', 'timeout', { kind: 'silent' }),
  {
    name: 'inspection',
    codes: ['certificateUntrusted'],
    unsent: true,
    everywhere: true,
    cause: ({ front, reader }) => Promise.resolve(front.set({ kind: 'astray', port: reader.port })),
  },
  everywhere(certificate('expired', 'certificateExpired')),
  certificate('notYetValid', 'certificateNotYetValid'),
  certificate('wrongHost', 'certificateNameMismatch'),
  everywhere(certificate('otherCa', 'certificateUntrusted')),
  everywhere(certificate('newKey', 'pinMismatch')),
  everywhere(proxied('a proxy that wants a login', 'proxyAuthRequired', askLogin('Negotiate'))),
  proxied('a proxy that forbids', 'proxyRefused', 'HTTP/1.1 403 No\r\n\r\n'),
  {
    name: 'a proxy that is not there',
    codes: ['proxyUnreachable'],
    unsent: true,
    cause: ({ route }) => Promise.resolve(route(() => Promise.resolve([NOWHERE]))),
  },
  everywhere(answer('cut before the call', ['serverUnreachable'], { kind: 'cutBefore' })),
  everywhere(answer('cut after the call', ['serverUnreachable'], { kind: 'cutAfter' })),
  answer('half an answer', ['serverUnreachable', 'answerMalformed', 'ok'], { kind: 'truncated' }),
  answer('JSON that is none', ['answerMalformed', 'ok'], { kind: 'malformedJson' }),
  answer('JSON of another shape', ['answerMalformed', 'ok'], { kind: 'wrongShape' }),
  answer('a page of HTML', ['answerMalformed', 'ok'], { kind: 'wrongContentType' }),
  answer('far too long an answer', ['answerTooLarge', 'ok'], { kind: 'padded', bytes: 2_000_000 }),
  answer('a redirect', ['redirectRefused'], { kind: 'redirect', location: 'http://localhost:1/' }),
  answer('status 500', ['serverError'], { kind: 'status', status: 500 }),
  everywhere(answer('status 503', ['serverError'], { kind: 'status', status: 503, retryAfterSeconds: 60 })),
  answer('status 429', ['rateLimited'], { kind: 'status', status: 429 }),
  answer('status 429 with a time', ['rateLimited'], { kind: 'status', status: 429, retryAfterSeconds: 60 }),
  deviceClock('a day behind', -24 * HOUR, 'clockRolledBack', ['pullState', 'checkout']),
  deviceClock('ten years ahead', 10 * 365 * 24 * HOUR, 'entitlementExpired', ['refresh', 'checkout']),
  serverClock('an hour behind', -HOUR),
  serverClock('an hour ahead', HOUR),
  ...[1, 2, 3].flatMap((nth) => [frail('client', 2500, nth), frail('server', 6000, nth)]),
];

/** Puts everything right again. */
export async function mend({ server, front, route, skew }: Path): Promise<void> {
  skew(0);
  server.setDate(Date.now);
  server.faults.clear();
  await server.setCertificate('valid');
  front.set({ kind: 'open' });
  route(null);
}
