import type { Duplex } from 'node:stream';
import { serverThat } from './answer-cases.ts';
import type { Expected, NetCase } from './case.ts';
import { answerTo, SOME } from './kinds.ts';

/** Answers of the verified server that never come to an end, or end too early. */

const UNKNOWN = ['unknown'] as const;

/** Writes the same for ever, as fast as it is taken. */
function pour(socket: Duplex, piece: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

/** Writes a text byte by byte and never gets to its end. */
function drip(socket: Duplex, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(text[at % text.length] ?? ' ');
    at += 1;
  }, 20);
  socket.once('close', () => clearInterval(timer));
}

const OPEN = 'HTTP/1.1 200 OK\r\n';
const JSON_HEAD = `${OPEN}Content-Type: application/json\r\n`;
/** Long enough for a busy machine to get to where it has to wait. */
const SHORT = { deadline: 12_000, kinds: SOME };
const late: Expected = { codes: ['timeout'], end: UNKNOWN, requests: 1 };
const tooLarge: Expected = { codes: ['answerTooLarge'], end: UNKNOWN, requests: 1 };

const endless: readonly NetCase[] = [
  serverThat(
    'an endless header',
    () => (socket) => {
      socket.write(OPEN);
      pour(socket, `X-More: ${'a'.repeat(500)}\r\n`);
    },
    () => tooLarge,
  ),
  serverThat(
    'an endless line',
    () => (socket) => {
      socket.write(`${OPEN}X-More: `);
      pour(socket, 'a'.repeat(1000));
    },
    () => tooLarge,
  ),
  serverThat(
    'an endless body',
    () => (socket) => {
      socket.write(`${JSON_HEAD}Content-Length: 9000000000\r\n\r\n`);
      pour(socket, ' '.repeat(16_000));
    },
    () => tooLarge,
  ),
  serverThat(
    'endless chunks',
    () => (socket) => {
      socket.write(`${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`);
      pour(socket, `3e8\r\n${' '.repeat(1000)}\r\n`);
    },
    () => tooLarge,
  ),
  serverThat(
    'a body without an end or a length',
    () => (socket) => {
      socket.write(`${JSON_HEAD}\r\n`);
      pour(socket, ' '.repeat(16_000));
    },
    () => tooLarge,
  ),
  serverThat(
    'endless trailers',
    () => (socket) => {
      socket.write(`${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n`);
      pour(socket, `X-More: ${'a'.repeat(500)}\r\n`);
    },
    () => ({ ...tooLarge, codes: ['answerTooLarge', 'timeout', 'answerMalformed'] }),
    SHORT,
  ),
  serverThat(
    'hints without an end',
    () => (socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
    () => ({ ...late, codes: ['timeout', 'answerTooLarge'] }),
    SHORT,
  ),
  serverThat(
    'silence',
    () => () => undefined,
    () => late,
    SHORT,
  ),
  serverThat(
    'a header that drips',
    () => (socket) => drip(socket, `${OPEN}X-Slow: `),
    () => late,
    SHORT,
  ),
  serverThat(
    'a body that drips',
    () => (socket) => {
      socket.write(`${JSON_HEAD}Content-Length: 100000\r\n\r\n`);
      drip(socket, ' ');
    },
    () => late,
    SHORT,
  ),
];

/** The answer that was hoped for, cut off somewhere. */
const truncated: readonly NetCase[] = (['ended', 'reset'] as const).flatMap((how) =>
  [0, 1, 2, 3].map((nth) =>
    serverThat(
      `cut off and ${how} (${nth + 1})`,
      ({ kind, random }) =>
        (socket) => {
          const whole = answerTo(kind, {
            body: JSON.stringify({ a: 'b'.repeat(200) }),
            status: '200 OK',
            headers: { 'Content-Type': 'application/json' },
          });
          const [high = 0, low = 0] = random.bytes(2);
          const part = whole.subarray(0, (high * 256 + low) % whole.length);
          if (how === 'ended') socket.end(part);
          else socket.write(part, () => setImmediate(() => socket.destroy()));
        },
      () => ({ codes: ['serverUnreachable', 'answerMalformed'], end: UNKNOWN, requests: 1 }),
    ),
  ),
);

export const ENDLESS_CASES: readonly NetCase[] = [...endless, ...truncated];
