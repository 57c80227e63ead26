import { inBackground } from '../../../electron/api/around-each-call.ts';
import { answering } from './certificate-cases.ts';
import type { NetCase, Stage } from './case.ts';
import { answerTo, callOf, SOME, type Kind } from './kinds.ts';
import { plainPeer, tlsPeer } from './peers.ts';

/** Servers that are in trouble for long, and redirects that somebody waits at the end of. */

/** So many calls end in trouble before the one that counts. */
const STORM = 6;
const STATUSES = ['500 Internal Server Error', '502 Bad Gateway', '503 Service Unavailable'];

/** A server in trouble for `bad` requests, and what a client does before the call that counts. */
const storm = (
  name: string,
  kinds: readonly Kind[],
  options: { readonly bad: number; readonly before: Stage['before'] },
  expect: NetCase['expect'],
): NetCase => ({
  name: `storm: ${name}`,
  kinds,
  arrange: async (world) => {
    const { port, heard } = await world.keep(
      tlsPeer({
        pem: await world.pki.certify(),
        talk: (socket, nth) => {
          const status = STATUSES[nth % STATUSES.length] ?? '';
          const trouble = { status, headers: { 'N-Nonce': null }, body: '{}' };
          socket.end(answerTo(world.kind, nth <= options.bad ? trouble : {}));
        },
      }),
    );
    const { before } = options;
    return {
      settings: { url: `https://localhost:${port}` },
      server: heard,
      ...(before === undefined ? {} : { before }),
    };
  },
  expect,
});

const meetTrouble: Stage['before'] = async (api, { kind, secrets }) => {
  for (let nth = 0; nth < STORM; nth += 1) await callOf(kind, api, secrets);
};

const storms: readonly NetCase[] = [
  storm(
    'each call that somebody asks for goes out once, and none feeds it',
    SOME,
    { bad: Infinity, before: meetTrouble },
    () => ({ codes: ['serverError'], end: ['unknown'], requests: STORM + 1 }),
  ),
  storm(
    'what somebody asks for goes through as soon as it is over',
    SOME,
    { bad: STORM, before: meetTrouble },
    () => ({
      codes: ['ok'],
      requests: STORM + 1,
    }),
  ),
  storm(
    'what nobody waits for is left out',
    SOME,
    {
      bad: STORM,
      before: async (api, around) => {
        await meetTrouble(api, around);
        await callOf(around.kind === 'activate' ? 'refresh' : around.kind, inBackground(api), around.secrets);
      },
    },
    () => ({ codes: ['ok'], requests: STORM + 1 }),
  ),
];

/** A redirect to somebody who would hear what is sent there. */
const redirects: readonly NetCase[] = (['http', 'https'] as const).flatMap((scheme) =>
  ['302 Found', '307 Temporary Redirect', '308 Permanent Redirect'].map((status): NetCase => ({
    name: `redirect: ${status} to ${scheme}, where somebody listens`,
    arrange: async (world) => {
      const listener =
        scheme === 'http'
          ? await world.keep(
              plainPeer((socket, heard) => socket.on('data', (chunk) => heard.bytes.push(chunk))),
            )
          : await world.keep(tlsPeer({ pem: await world.pki.certify(), talk: answering(world.kind) }));
      const location = `${scheme}://localhost:${listener.port}/api/v1/activation`;
      const { port, heard } = await world.keep(
        tlsPeer({
          pem: await world.pki.certify(),
          talk: (socket) =>
            void socket.end(answerTo(world.kind, { status, headers: { Location: location } })),
        }),
      );
      return { settings: { url: `https://localhost:${port}` }, server: heard, strangers: [listener.heard] };
    },
    expect: () => ({ codes: ['redirectRefused'], end: ['unknown'], requests: 1 }),
  })),
);

export const STORM_CASES: readonly NetCase[] = [...storms, ...redirects];
