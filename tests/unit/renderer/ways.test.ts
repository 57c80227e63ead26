import { describe, expect, it } from 'vitest';
import { captionOf, waysFor } from '../../../renderer/licenses/ways.ts';
import type { Action } from '../../../shared/license/actions.ts';

const offered = (openId: boolean, password: boolean) => ({ accounts: { openId, password, waiting: null } });
const BOTH: readonly Action[] = ['activateWithCode', 'activateWithAccount'];

describe('the ways to activate', () => {
  it.each([
    ['a vendor without accounts', BOTH, { accounts: null }, ['code']],
    ['a provider', BOTH, offered(true, false), ['code', 'browser']],
    ['passwords', BOTH, offered(false, true), ['code', 'password']],
    ['both', BOTH, offered(true, true), ['code', 'browser', 'password']],
    ['accounts that the state does not allow', ['activateWithCode'], offered(true, true), ['code']],
    [
      'a seat that only its account mends',
      ['activateWithAccount', 'refresh'],
      offered(true, true),
      ['browser', 'password'],
    ],
    ['a license that has turned active meanwhile', ['refresh'], offered(true, true), ['code']],
  ] as const)('with %s', (_, actions, application, ways) => {
    expect(waysFor({ actions }, application)).toEqual(ways);
  });

  it('are called by what tells them apart', () => {
    expect(captionOf('browser', ['code', 'browser'])).toBe('account');
    expect(captionOf('password', ['password'])).toBe('account');
    expect(captionOf('browser', ['code', 'browser', 'password'])).toBe('browser');
    expect(captionOf('code', ['code', 'browser'])).toBe('code');
  });
});
