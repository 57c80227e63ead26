import { describe, expect, it } from 'vitest';
import { createDispatch, REQUEST_DEPTH, type Handlers } from '../../../electron/ipc/dispatch.ts';
import type { SenderFacts } from '../../../electron/ipc/sender-policy.ts';
import type { Log } from '../../../electron/ports.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { CHANNELS, LIMITS, type Channel } from '../../../shared/contract.ts';
import { failure } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { countingHandlers, GOOD_REQUESTS, GOOD_RESPONSES, LICENSE, PRODUCT } from './samples.ts';

const OURS = 7;
const TRUSTED: SenderFacts = {
  webContentsId: OURS,
  frame: { isMainFrame: true, isDetached: false, origin: 'app://latchkey', url: 'app://latchkey/index.html' },
};
const CHANNEL_NAMES = Object.keys(CHANNELS) as Channel[];
const never = () => () => undefined;

function dispatchWith(
  handlers: Handlers,
  options: { log?: Log; trusted?: number | null; after?: typeof never } = {},
) {
  const { log = SILENT, trusted = OURS, after = never } = options;
  return createDispatch({ handlers, trustedContents: () => trusted, log, after });
}

/** Handlers of which one is replaced by what a test gives. */
function handlersWith(channel: Channel, handler: () => Promise<unknown>): Handlers {
  return { ...countingHandlers().handlers, [channel]: handler };
}

/** A log that keeps what it was given, with its details. */
function keepingLog() {
  const lines: string[] = [];
  const write = (message: string, details?: object) =>
    void lines.push(`${message} ${JSON.stringify(details)}`);
  return { log: { debug: write, info: write, warn: write, error: write } satisfies Log, lines };
}

const FRAME = {
  isMainFrame: true,
  isDetached: false,
  origin: 'app://latchkey',
  url: 'app://latchkey/index.html',
};
const WRONG_SENDERS: readonly [string, SenderFacts | null][] = [
  ['nobody', null],
  ['other web contents', { ...TRUSTED, webContentsId: OURS + 1 }],
  ['a frame that is gone', { ...TRUSTED, frame: null }],
  ['a detached frame', { ...TRUSTED, frame: { ...FRAME, isDetached: true } }],
  ['a subframe', { ...TRUSTED, frame: { ...FRAME, isMainFrame: false } }],
  [
    'another origin',
    { ...TRUSTED, frame: { ...FRAME, origin: 'https://latchkey', url: 'https://latchkey/' } },
  ],
  [
    'another host',
    { ...TRUSTED, frame: { ...FRAME, origin: 'app://latchkey.evil', url: 'app://latchkey.evil/' } },
  ],
  ['an opaque origin', { ...TRUSTED, frame: { ...FRAME, origin: 'null' } }],
  ['about:blank with our origin', { ...TRUSTED, frame: { ...FRAME, url: 'about:blank' } }],
  [
    'an address that only begins like ours',
    { ...TRUSTED, frame: { ...FRAME, url: 'app://latchkey.evil/x' } },
  ],
];

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { deeper: nested(depth - 1) };
}

function cyclic(): unknown {
  const self: Record<string, unknown> = {};
  self['self'] = self;
  return self;
}

const WRONG_REQUESTS: readonly [string, readonly unknown[]][] = [
  ['nothing', []],
  ['two arguments', [{}, {}]],
  ['undefined', [undefined]],
  ['null', [null]],
  ['a text', ['x']],
  ['a number', [1]],
  ['an array', [[]]],
  ['an unknown field', [{ extra: 1 }]],
  ['a field called __proto__', [JSON.parse('{"__proto__":{"polluted":true}}')]],
  ['a field called constructor', [JSON.parse('{"constructor":{}}')]],
  ['a text that is too large', [{ code: 'x'.repeat(LIMITS.requestBytes) }]],
  ['many small members', [{ list: Array.from({ length: LIMITS.requestBytes }, () => 1) }]],
  ['too many levels', [nested(REQUEST_DEPTH + 1)]],
  ['endless levels', [cyclic()]],
  ['a map', [new Map()]],
  ['a date', [new Date(0)]],
  ['bytes', [new Uint8Array(4)]],
  ['a function', [() => 1]],
];

describe.each(CHANNEL_NAMES)('%s', (channel) => {
  it('lets a good request of our page through, once, and answers by the contract', async () => {
    const { handlers, calls } = countingHandlers();
    const answer = await dispatchWith(handlers)(channel, TRUSTED, [GOOD_REQUESTS[channel]]);
    expect(answer).toEqual({ ok: true, value: GOOD_RESPONSES[channel] });
    expect(calls).toEqual([channel]);
  });

  it.each(WRONG_SENDERS)('refuses %s', async (_name, sender) => {
    const { handlers, calls } = countingHandlers();
    const answer = await dispatchWith(handlers)(channel, sender, [GOOD_REQUESTS[channel]]);
    expect(answer).toEqual({ ok: false, error: { code: 'senderRefused' } });
    expect(calls).toEqual([]);
  });

  it('refuses everybody while there is no window', async () => {
    const { handlers, calls } = countingHandlers();
    const answer = await dispatchWith(handlers, { trusted: null })(channel, TRUSTED, [
      GOOD_REQUESTS[channel],
    ]);
    expect(answer).toEqual({ ok: false, error: { code: 'senderRefused' } });
    expect(calls).toEqual([]);
  });

  it.each(WRONG_REQUESTS)('refuses %s', async (_name, args) => {
    const { handlers, calls } = countingHandlers();
    const answer = await dispatchWith(handlers)(channel, TRUSTED, args);
    expect(answer).toMatchObject({ ok: false, error: { code: 'requestInvalid' } });
    expect(calls).toEqual([]);
  });

  it('withholds a response that breaks the contract', async () => {
    const broken = handlersWith(channel, () => Promise.resolve(ok({ ...LICENSE, accessToken: 'secret' })));
    const answer = await dispatchWith(broken)(channel, TRUSTED, [GOOD_REQUESTS[channel]]);
    expect(answer).toEqual({ ok: false, error: { code: 'internal' } });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('secret'))],
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
  ])('turns a handler that %s into a failure without its message', async (_name, handler) => {
    const answer = await dispatchWith(handlersWith(channel, handler))(channel, TRUSTED, [
      GOOD_REQUESTS[channel],
    ]);
    expect(answer).toEqual({ ok: false, error: { code: 'internal' } });
  });
});

describe('time', () => {
  it('answers timeout when the handler does not, and ignores what it says later', async () => {
    const slow = Promise.withResolvers<unknown>();
    const elapsed: (() => void)[] = [];
    const milliseconds: number[] = [];
    const dispatch = createDispatch({
      handlers: handlersWith('license.refresh', () => slow.promise),
      trustedContents: () => OURS,
      log: SILENT,
      after: (time, callback) => {
        milliseconds.push(time);
        elapsed.push(callback);
        return () => undefined;
      },
    });
    const answer = dispatch('license.refresh', TRUSTED, [{ productId: PRODUCT }]);
    elapsed[0]?.();
    slow.resolve(ok(LICENSE));
    expect(await answer).toEqual({ ok: false, error: { code: 'timeout' } });
    expect(milliseconds).toEqual([LIMITS.handlerMilliseconds]);
  });

  it('takes the alarm back when the handler answers', async () => {
    let pending = 0;
    const dispatch = createDispatch({
      handlers: countingHandlers().handlers,
      trustedContents: () => OURS,
      log: SILENT,
      after: () => {
        pending += 1;
        return () => {
          pending -= 1;
        };
      },
    });
    await dispatch('app.snapshot', TRUSTED, [{}]);
    expect(pending).toBe(0);
  });
});

describe('failures', () => {
  it('hands a failure of the service on', async () => {
    const problem = failure('seatLimitReached', { count: 3 });
    const answer = await dispatchWith(handlersWith('license.activate', () => Promise.resolve(err(problem))))(
      'license.activate',
      TRUSTED,
      [GOOD_REQUESTS['license.activate']],
    );
    expect(answer).toEqual({ ok: false, error: problem });
  });

  it.each([
    ['an unknown code', { code: 'somethingElse' }],
    ['an unknown fact', { code: 'internal', facts: { token: 'secret' } }],
    ['a further field', { code: 'internal', accessToken: 'secret' }],
  ])('withholds a failure with %s', async (_name, problem) => {
    const handlers = handlersWith('license.refresh', () => Promise.resolve({ ok: false, error: problem }));
    const answer = await dispatchWith(handlers)('license.refresh', TRUSTED, [{ productId: PRODUCT }]);
    expect(answer).toEqual({ ok: false, error: { code: 'internal' } });
  });

  it('names the field of a refused request and quotes nothing of it, in answer and log', async () => {
    const { log, lines } = keepingLog();
    const dispatch = dispatchWith(countingHandlers().handlers, { log });
    const code = 'SECRET-CODE-'.repeat(10);
    const answer = await dispatch('license.activate', TRUSTED, [{ productId: PRODUCT, code }]);
    expect(answer).toEqual({ ok: false, error: { code: 'requestInvalid', facts: { field: 'code' } } });
    expect(lines).toHaveLength(1);
    expect(`${JSON.stringify(answer)} ${lines.join(' ')}`).not.toContain('SECRET');
  });
});
