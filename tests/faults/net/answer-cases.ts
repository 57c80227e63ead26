import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Expected, NetCase, World } from './case.ts';
import { answerTo, type AnswerChanges, type Kind } from './kinds.ts';
import { tlsPeer, type Talk } from './peers.ts';

/** What a verified server, or a gateway in front of it, can answer. It may hear secrets; the client must not break. */

const MEGABYTE = 1024 * 1024;
const UNKNOWN = ['unknown'] as const;
const REFUSED = ['refused'] as const;

/** Puts up the right server with an answer of the case's own. */
export function serverThat(
  name: string,
  talk: (world: World) => Talk,
  expect: NetCase['expect'],
  more: { readonly deadline?: number; readonly kinds?: readonly Kind[] } = {},
): NetCase {
  const { kinds, ...limits } = more;
  return {
    name: `answer: ${name}`,
    ...(kinds === undefined ? {} : { kinds }),
    arrange: async (world) => {
      const { port, heard } = await world.keep(
        tlsPeer({ pem: await world.pki.certify(), talk: talk(world) }),
      );
      return { settings: { url: `https://localhost:${port}`, limits }, server: heard };
    },
    expect,
  };
}

const answers = (
  name: string,
  changes: AnswerChanges | ((kind: Kind) => AnswerChanges),
  expected: Expected | ((kind: Kind) => Expected),
): NetCase =>
  serverThat(
    name,
    ({ kind }) =>
      (socket) =>
        void socket.end(answerTo(kind, typeof changes === 'function' ? changes(kind) : changes)),
    typeof expected === 'function' ? expected : () => expected,
  );

const malformed: Expected = { codes: ['answerMalformed'], end: UNKNOWN, requests: 1 };
const fine: Expected = { codes: ['ok'], requests: 1 };
/** Whether the seat is given back says the status alone. */
const unlessDeactivated = (kind: Kind): Expected => (kind === 'deactivate' ? fine : malformed);

const redirects = ['http://localhost:1/', 'https://elsewhere.example/', '/api/v2'].map((location) =>
  answers(
    `a redirect to ${location}`,
    { status: '307 Temporary Redirect', headers: { Location: location } },
    { codes: ['redirectRefused'], end: UNKNOWN, requests: 1, facts: { status: 307 } },
  ),
);

const bomb = Buffer.alloc(20 * MEGABYTE, ' ');
const encodings = (
  [
    ['gzip', gzipSync(bomb)],
    ['deflate', deflateSync(bomb)],
    ['br', brotliCompressSync(bomb.subarray(0, MEGABYTE))],
    ['identity, gzip', gzipSync('{}')],
  ] as const
).map(([encoding, body]) =>
  answers(
    `packed as ${encoding}`,
    { status: '200 OK', headers: { 'Content-Encoding': encoding }, body },
    malformed,
  ),
);

const shapes: readonly NetCase[] = [
  answers(
    'JSON that ends too early',
    { status: '200 OK', body: '{"id":', headers: { 'Content-Type': 'application/json' } },
    malformed,
  ),
  answers(
    'JSON of another shape',
    (kind) => ({
      status: '200 OK',
      body: kind === 'licenseFile' ? '{}' : '{"a":1}',
      headers: { 'Content-Type': 'application/json' },
    }),
    unlessDeactivated,
  ),
  answers(
    'JSON nested without end',
    {
      status: '200 OK',
      body: '['.repeat(50_000) + ']'.repeat(50_000),
      headers: { 'Content-Type': 'application/json' },
    },
    unlessDeactivated,
  ),
  answers(
    'a page of HTML',
    { status: '200 OK', body: '<html>Sign in</html>', headers: { 'Content-Type': 'text/html' } },
    malformed,
  ),
  answers('no content type', { status: '200 OK', body: '{}', headers: { 'Content-Type': null } }, malformed),
  answers(
    'another kind of text',
    (kind) => ({
      status: '200 OK',
      body: '{}',
      headers: { 'Content-Type': kind === 'licenseFile' ? 'application/json' : 'text/plain' },
    }),
    unlessDeactivated,
  ),
  answers('nothing at all', { status: '200 OK', body: '' }, (kind) => ({
    ...unlessDeactivated(kind),
    // A server may answer a feature's calls without a body.
    ...(/Feature/.test(kind) ? fine : {}),
  })),
  answers('no nonce', { headers: { 'N-Nonce': null } }, unlessDeactivated),
  answers('an endless nonce', { headers: { 'N-Nonce': 'n'.repeat(600) } }, unlessDeactivated),
  answers('a nonce that could not be sent back', { headers: { 'N-Nonce': 'a\tb' } }, unlessDeactivated),
  answers('a date of next year', { headers: { Date: new Date(Date.now() + 3.2e10).toUTCString() } }, fine),
  answers('a date that is none', { headers: { Date: 'yesterday' } }, fine),
  answers(
    'two lengths',
    (kind) => ({ status: '200 OK', body: '{}', headers: { 'content-length': kind === 'state' ? '1' : '3' } }),
    malformed,
  ),
  answers(
    'length and chunks at once',
    { status: '200 OK', body: '2\r\n{}\r\n0\r\n\r\n', headers: { 'Transfer-Encoding': 'chunked' } },
    malformed,
  ),
  answers(
    'another protocol',
    { status: '101 Switching Protocols', headers: { Upgrade: 'other', Connection: 'Upgrade' } },
    malformed,
  ),
  serverThat(
    'no HTTP',
    () => (socket) => void socket.end('220 mail.example ESMTP\r\n'),
    () => malformed,
  ),
  serverThat(
    'a second answer behind the first',
    ({ kind }) =>
      (socket) => {
        socket.write(answerTo(kind));
        socket.end(answerTo(kind, { status: '500 Internal Server Error' }));
      },
    () => fine,
  ),
];

const refusal = (
  status: string,
  code: string,
  headers: AnswerChanges['headers'] = {},
  body?: string,
): AnswerChanges & { readonly code: string } => ({
  status,
  code,
  headers: { 'N-Nonce': null, 'Content-Type': 'application/json', ...headers },
  body: body ?? `{"errorCode":"${code}","details":"token and code"}`,
});

const statuses: readonly NetCase[] = [
  ...['500 Internal Server Error', '502 Bad Gateway', '503 Service Unavailable', '504 Gateway Timeout'].map(
    (status) =>
      answers(
        status,
        { ...refusal(status, 'x', { 'Content-Type': 'text/html' }, '<html>502</html>') },
        { codes: ['serverError'], end: UNKNOWN, requests: 1, facts: { status: Number(status.slice(0, 3)) } },
      ),
  ),
  answers('503 and a time to wait', refusal('503 Service Unavailable', 'x', { 'Retry-After': '120' }), {
    codes: ['serverError'],
    end: UNKNOWN,
    requests: 1,
    facts: { retryAfterSeconds: 120 },
  }),
  answers('429 without a time', refusal('429 Too Many Requests', 'rateLimited'), {
    codes: ['rateLimited'],
    end: REFUSED,
    requests: 1,
    facts: { retryAfterSeconds: undefined },
  }),
  answers('429 with seconds', refusal('429 Too Many Requests', 'rateLimited', { 'Retry-After': '90' }), {
    codes: ['rateLimited'],
    end: REFUSED,
    requests: 1,
    facts: { retryAfterSeconds: 90 },
  }),
  // By the server's own clock, which is a year off.
  answers(
    '429 with a date',
    refusal('429 Too Many Requests', 'rateLimited', {
      Date: 'Tue, 01 Jan 2030 12:00:00 GMT',
      'Retry-After': 'Tue, 01 Jan 2030 12:01:00 GMT',
    }),
    { codes: ['rateLimited'], end: REFUSED, requests: 1, facts: { retryAfterSeconds: 60 } },
  ),
  answers(
    '429 for a century',
    refusal('429 Too Many Requests', 'rateLimited', { 'Retry-After': '999999999' }),
    { codes: ['rateLimited'], end: REFUSED, requests: 1, facts: { retryAfterSeconds: 86_400 } },
  ),
  answers('429 with nonsense', refusal('429 Too Many Requests', 'rateLimited', { 'Retry-After': 'soon' }), {
    codes: ['rateLimited'],
    end: REFUSED,
    requests: 1,
  }),
  answers(
    '429 for ever, with no time to wait',
    refusal('429 Too Many Requests', 'rateLimited', { 'Retry-After': '0' }),
    { codes: ['rateLimited'], end: REFUSED, requests: 3 },
  ),
  answers('401', refusal('401 Unauthorized', 'accessTokenInvalid'), {
    codes: ['accessTokenInvalid'],
    end: REFUSED,
    requests: 1,
  }),
  answers('402', refusal('402 Payment Required', 'seatLimitReached'), {
    codes: ['seatLimitReached'],
    end: REFUSED,
    requests: 1,
  }),
  answers(
    '403 of a gateway',
    refusal('403 Forbidden', 'x', { 'Content-Type': 'text/html' }, '<html>no</html>'),
    { codes: ['requestRefused'], end: REFUSED, requests: 1 },
  ),
  answers('404 with an unknown code', refusal('404 Not Found', 'vaultDamaged'), {
    codes: ['requestRefused'],
    end: REFUSED,
    requests: 1,
  }),
  answers('409', refusal('409 Conflict', 'nonceMismatch'), {
    codes: ['nonceMismatch'],
    end: REFUSED,
    requests: 1,
  }),
];

/** A server that is in trouble and gets well while it is asked again. */
const repeats: readonly NetCase[] = [
  serverThat(
    '429 once',
    ({ kind }) =>
      (socket, nth) =>
        void socket.end(
          nth < 2
            ? answerTo(kind, refusal('429 Too Many Requests', 'rateLimited', { 'Retry-After': '0' }))
            : answerTo(kind),
        ),
    () => ({ codes: ['ok'], requests: 2 }),
  ),
];

export const ANSWER_CASES: readonly NetCase[] = [
  ...redirects,
  ...encodings,
  ...shapes,
  ...statuses,
  ...repeats,
];
