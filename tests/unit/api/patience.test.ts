import { describe, expect, it } from 'vitest';
import { afterCall, BREAKER, CLOSED, heldBack, type Breaker } from '../../../electron/api/breaker-policy.ts';
import { patientTransport } from '../../../electron/api/patient-transport.ts';
import { RETRY, waitBeforeRetry, type Tried } from '../../../electron/api/retry-policy.ts';
import type { ApiRequest, Transport } from '../../../electron/api/transport.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { failure, type ErrorCode } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';

const around = { attempt: 1, left: 10_000, idempotent: false, random: 0.5 };
const lost = (code: ErrorCode, sent: boolean): Tried => ({ failure: failure(code), sent, answered: false });
const answered = (code: ErrorCode, retryAfterSeconds?: number): Tried => ({
  failure: failure(code, retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  sent: true,
  answered: true,
});

describe('waitBeforeRetry', () => {
  it.each([
    ['a server that was not reached', lost('serverUnreachable', false), around, 300],
    ['a name that was not found', lost('dnsFailed', false), around, 300],
    ['a proxy that was not reached', lost('proxyUnreachable', false), around, 300],
    [
      'the second time, after twice as long',
      lost('serverUnreachable', false),
      { ...around, attempt: 2 },
      600,
    ],
    ['a refusal at the door that names a time', answered('rateLimited', 2), around, 2000],
    [
      'a lost answer where twice is as good as once',
      lost('serverUnreachable', true),
      { ...around, idempotent: true },
      300,
    ],
    [
      'a server in trouble that invites again',
      answered('serverError', 1),
      { ...around, idempotent: true },
      1000,
    ],
  ])('repeats %s', (_, tried, where, wait) => {
    expect(waitBeforeRetry(tried, where)).toBe(wait);
  });

  it.each([
    ['a lost answer', lost('serverUnreachable', true), around],
    ['a timeout', lost('timeout', false), around],
    ['a device without network', lost('networkUnavailable', false), around],
    ['a certificate', lost('certificateUntrusted', false), around],
    ['a pin', lost('pinMismatch', false), around],
    ['a login', lost('proxyAuthRequired', false), around],
    ['a refusal at the door without a time', answered('rateLimited'), around],
    ['a refusal at the door for long', answered('rateLimited', 60), around],
    ['a storm of errors', answered('serverError'), { ...around, idempotent: true }],
    ['an invitation, where it may have taken effect', answered('serverError', 1), around],
    ['too often', lost('serverUnreachable', false), { ...around, attempt: RETRY.attempts }],
    ['beyond the time of the call', lost('serverUnreachable', false), { ...around, left: 200 }],
  ])('does not repeat %s', (_, tried, where) => {
    expect(waitBeforeRetry(tried, where)).toBeNull();
  });

  it('spreads clients out', () => {
    const waits = [0, 0.5, 1].map((random) =>
      waitBeforeRetry(lost('dnsFailed', false), { ...around, random }),
    );
    expect(waits).toEqual([200, 300, 400]);
  });
});

describe('the circuit breaker', () => {
  const down = failure('serverUnreachable', { host: 'a:443' });
  const failed = (times: number, at = 0): Breaker =>
    Array.from({ length: times }).reduce<Breaker>((breaker) => afterCall(breaker, down, at, 1), CLOSED);

  it('opens after failures in a row, and tells the last one with a time', () => {
    expect(heldBack(failed(BREAKER.threshold - 1), 0)).toBeNull();
    expect(heldBack(failed(BREAKER.threshold), 1000)).toEqual(
      failure('serverUnreachable', { host: 'a:443', retryAfterSeconds: 14 }),
    );
  });

  it('lets one through when its time is over, and stays open longer if that fails', () => {
    const open = failed(BREAKER.threshold);
    expect(heldBack(open, BREAKER.base)).toBeNull();
    expect(afterCall(open, down, 0, 1).openUntil).toBe(2 * BREAKER.base);
    expect(failed(100).openUntil).toBe(BREAKER.longest);
  });

  it.each([null, failure('seatLimitReached'), failure('certificateUntrusted')])(
    'is closed by %j',
    (outcome) => {
      expect(afterCall(failed(10), outcome, 0, 1)).toEqual(CLOSED);
    },
  );
});

/** A transport that comes to each of these in turn, and counts. */
function scripted(...script: readonly (ErrorCode | number)[]) {
  const seen: ApiRequest[] = [];
  let now = 0;
  const inner: Transport = (request) => {
    seen.push(request);
    now += 100;
    const next = script[seen.length - 1] ?? 200;
    return Promise.resolve(
      typeof next === 'number'
        ? ok({ status: next, headers: next === 429 ? { 'retry-after': '1' } : {}, body: {} })
        : err({ failure: failure(next), sent: false }),
    );
  };
  const transport = patientTransport(inner, {
    clock: { now: () => 0, monotonic: () => now },
    random: { bytes: (length) => new Uint8Array(length), uuid: () => '' },
    log: SILENT,
    deadline: 5000,
    wait: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  });
  return { transport, seen };
}

const REQUEST: ApiRequest = { method: 'GET', url: new URL('https://a.example/x'), headers: {} };

describe('patientTransport', () => {
  it('repeats until there is an answer, each time with what is left of the time', async () => {
    const { transport, seen } = scripted('serverUnreachable', 429, 200);
    expect(await transport(REQUEST)).toMatchObject({ ok: true, value: { status: 200 } });
    expect(seen.map(({ timeoutMs }) => timeoutMs)).toEqual([5000, 4700, 3600]);
  });

  it('keeps to the time of the call', async () => {
    const { transport, seen } = scripted('serverUnreachable', 'serverUnreachable');
    const outcome = await transport({ ...REQUEST, timeoutMs: 250 });
    expect(outcome).toMatchObject({ ok: false, error: { failure: { code: 'serverUnreachable' } } });
    expect(seen).toHaveLength(1);
  });

  it('hands on a refusal as it is', async () => {
    const { transport, seen } = scripted(500, 200);
    expect(await transport(REQUEST)).toMatchObject({ ok: true, value: { status: 500 } });
    expect(seen).toHaveLength(1);
  });

  it('leaves background calls out while the server is down, and never what somebody waits for', async () => {
    const { transport, seen } = scripted(...Array.from({ length: 5 }, () => 'timeout' as const));
    for (let call = 0; call < BREAKER.threshold; call += 1) await transport(REQUEST);
    const before = seen.length;
    expect(await transport({ ...REQUEST, background: true })).toMatchObject({
      ok: false,
      error: { failure: { code: 'timeout' }, sent: false },
    });
    expect(seen).toHaveLength(before);
    // Another server is not meant.
    await transport({ ...REQUEST, url: new URL('https://b.example/x'), background: true });
    expect(seen).toHaveLength(before + 1);
    await transport(REQUEST);
    expect(await transport({ ...REQUEST, background: true })).toMatchObject({ ok: true });
  });
});
