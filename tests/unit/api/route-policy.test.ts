import { describe, expect, it } from 'vitest';
import type { Proxy } from '../../../electron/api/network.ts';
import { failureOfAll, mayTryNext, type Attempt } from '../../../electron/api/route-policy.ts';
import { failure, type ErrorCode } from '../../../shared/errors.ts';

const proxy = (host: string): Proxy => ({ scheme: 'http', host, port: 3128 });
const via = (host: string, code: ErrorCode): Attempt => ({
  route: proxy(host),
  failure: failure(code, { proxy: host }),
});
const straight = (code: ErrorCode, system?: string): Attempt => ({
  route: null,
  failure: failure(code, system === undefined ? {} : { system }),
});

describe('mayTryNext', () => {
  it.each(['proxyUnreachable', 'serverUnreachable', 'dnsFailed', 'tlsFailed'] as const)(
    'goes on after %s',
    (code) => {
      expect(mayTryNext(via('a', code))).toBe(true);
    },
  );

  it.each(['proxyAuthRequired', 'proxyRefused'] as const)('does not go round %s', (code) => {
    expect(mayTryNext(via('a', code))).toBe(false);
  });
});

describe('failureOfAll', () => {
  const a = via('a', 'proxyUnreachable');
  const b = via('b', 'proxyUnreachable');

  it.each<[string, readonly [Attempt, ...Attempt[]], ErrorCode, string | undefined]>([
    ['the only way', [straight('serverUnreachable')], 'serverUnreachable', undefined],
    ['the first of several proxies', [a, b], 'proxyUnreachable', 'a'],
    [
      'the straight way that found the server down',
      [a, straight('serverUnreachable', 'ECONNREFUSED')],
      'serverUnreachable',
      undefined,
    ],
    // In a network that lets out through its proxy only, the rest is no news.
    ['the proxy where names are unknown without it', [a, straight('dnsFailed')], 'proxyUnreachable', 'a'],
    [
      'the proxy where nothing comes back without it',
      [a, straight('serverUnreachable', 'ETIMEDOUT')],
      'proxyUnreachable',
      'a',
    ],
  ])('tells of %s', (_, attempts, code, named) => {
    const told = failureOfAll(attempts);
    expect([told.code, told.facts?.proxy]).toEqual([code, named]);
  });
});
