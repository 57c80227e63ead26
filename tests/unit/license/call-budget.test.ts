import { describe, expect, it } from 'vitest';
import type { CallFailure, CallOptions, LicensingApi } from '../../../electron/api/client.ts';
import { CALL_BUDGET, withBudget } from '../../../electron/license/call-budget.ts';
import { failure, type ErrorCode } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { givenSession } from '../../support/typed-secrets.ts';

type Outcome = CallFailure | 'ok';

const failed = (code: ErrorCode, end: CallFailure['end']): CallFailure => ({
  failure: failure(code),
  end,
  nonce: null,
  serverTime: null,
});

/** An API of which every call takes so long and ends so, and what it was asked. */
function slowApi(takes: number, outcome: Outcome = 'ok') {
  let monotonic = 5000;
  const asked: (CallOptions | undefined)[] = [];
  const calls: string[] = [];
  const call =
    (name: string) =>
    (...args: readonly unknown[]): Promise<Result<never, CallFailure>> => {
      calls.push(name);
      asked.push(args.at(-1) as CallOptions | undefined);
      monotonic += takes;
      return Promise.resolve(outcome === 'ok' ? (ok({}) as Result<never, CallFailure>) : err(outcome));
    };
  const names = ['activate', 'state', 'refresh', 'entitlement', 'licenseFile', 'deactivate'] as const;
  const features = ['checkoutFeature', 'returnFeature', 'trackFeatureUsage'] as const;
  const all = Object.fromEntries([...names, ...features].map((name) => [name, call(name)]));
  const clock = { now: () => 0, monotonic: () => monotonic };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has every call of the API, by construction
  const { apiOf, mayFollowUp } = withBudget(() => all as unknown as LicensingApi, clock);
  return { api: apiOf(undefined), mayFollowUp, asked, calls };
}

const SESSION = givenSession({ accessToken: 't', nonce: 'n' });

describe('the calls of one turn', () => {
  it('get what is left, and none is begun that would have next to nothing', async () => {
    const { api, asked, calls } = slowApi(14_000);
    expect(await api.refresh(SESSION)).toMatchObject({ ok: true });
    expect(await api.state(SESSION)).toMatchObject({ ok: true });
    expect(await api.entitlement(SESSION)).toEqual({
      ok: false,
      error: { failure: { code: 'timeout' }, end: 'unsent', nonce: null, serverTime: null },
    });
    expect(calls).toEqual(['refresh', 'state']);
    expect(asked).toEqual([{ timeoutMs: CALL_BUDGET }, { timeoutMs: CALL_BUDGET - 14_000 }]);
  });

  it('keep a limit of their own that is stricter, and everything else that was asked', async () => {
    const { api, asked } = slowApi(0);
    await api.refresh(SESSION, { timeoutMs: 5000, background: true });
    await api.refresh(SESSION, { timeoutMs: CALL_BUDGET * 2 });
    expect(asked).toEqual([{ timeoutMs: 5000, background: true }, { timeoutMs: CALL_BUDGET }]);
  });

  it('are all counted, each as itself', async () => {
    const { api, asked, calls } = slowApi(1000);
    await api.activate({} as never, 'key');
    await api.state(SESSION);
    await api.refresh(SESSION);
    await api.entitlement(SESSION);
    await api.licenseFile(SESSION, 'key');
    await api.checkoutFeature(SESSION, { key: 'f', amount: 1 });
    await api.returnFeature(SESSION, { key: 'f', amount: 1 });
    await api.trackFeatureUsage(SESSION, 'f', 'key');
    await api.deactivate(SESSION.accessToken);
    expect(new Set(calls).size).toBe(9);
    expect(asked.map((options) => options?.timeoutMs)).toEqual(
      Array.from({ length: 9 }, (_, index) => CALL_BUDGET - index * 1000),
    );
  });
});

describe('what is good to have', () => {
  it.each<readonly [string, number, Outcome, boolean]>([
    ['after a call that went well', 1000, 'ok', true],
    ['after one that the server refused', 1000, failed('entitlementExpired', 'refused'), true],
    ['after one that was cut off', 1000, failed('serverUnreachable', 'unknown'), true],
    ['after one that got no answer', 1000, failed('timeout', 'unknown'), false],
    ['after one that never left', 1000, failed('dnsFailed', 'unsent'), false],
    ['when the time is up', CALL_BUDGET - 2999, 'ok', false],
    ['when there is a little left', CALL_BUDGET - 3000, 'ok', true],
  ])('is tried or left out: %s', async (_name, takes, outcome, worth) => {
    const { api, mayFollowUp } = slowApi(takes, outcome);
    expect(mayFollowUp()).toBe(true);
    await api.refresh(SESSION);
    expect(mayFollowUp()).toBe(worth);
  });
});
