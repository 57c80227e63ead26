import { describe, expect, it } from 'vitest';
import { createLicenseService } from '../../../electron/license/service.ts';
import type { LicensingApi } from '../../../electron/api/client.ts';
import type { FeatureChange } from '../../../electron/license/feature-policy.ts';
import { device, OTHER_DEVICE, withServer, type Installation } from './engine.ts';

const { server, install, buy } = withServer();

const FEATURES = [
  { key: 'nodes', type: 'elementPool', total: 10 },
  { key: 'minutes', type: 'usageCount', total: 100 },
  { key: 'editor', type: 'bool' },
  { key: 'sdk', type: 'bool', total: 0 },
] as const;

const checkout = (key: string, amount: number): FeatureChange => ({ kind: 'checkout', key, amount });
const giveBack = (key: string, amount: number): FeatureChange => ({ kind: 'return', key, amount });
const use = (key: string): FeatureChange => ({ kind: 'usage', key, amount: 1 });

async function change(app: Installation, wish: FeatureChange): Promise<string> {
  const done = await createLicenseService(app.engine).changeFeature(app.productId, wish);
  return done.ok ? 'ok' : done.error.code;
}

/** What the vault says that this activation has of a feature, and what is left for everybody. */
async function held(app: Installation, key: string) {
  const { activation } = await app.view();
  const feature = activation?.features.find((candidate) => candidate.key === key);
  return [feature?.active, feature?.available];
}

async function withFeatures(options: Parameters<typeof install>[0] = {}) {
  const purchase = await buy({ features: [...FEATURES], seatCount: 2 });
  const app = install(options);
  expect(await app.activate(purchase.code)).toBe('ok');
  return { app, ...purchase };
}

const cut = (operationId: string) => server().faults.next({ kind: 'cutAfter' }, operationId);
const cutBefore = (operationId: string) => server().faults.next({ kind: 'cutBefore' }, operationId);

describe('checking features out and in', () => {
  it('takes elements of a pool and puts them back', async () => {
    const { app } = await withFeatures();
    expect(await change(app, checkout('nodes', 4))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([4, 6]);
    expect(await change(app, giveBack('nodes', 3))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([1, 9]);
    expect(app.stored().open).toBe(false);
  });

  it('spends of a count, and counts uses', async () => {
    const { app } = await withFeatures();
    expect(await change(app, checkout('minutes', 30))).toBe('ok');
    expect(await held(app, 'minutes')).toEqual([30, 70]);
    expect(await change(app, use('editor'))).toBe('ok');
    expect(app.stored().open).toBe(false);
  });

  it.each([
    ['more than is left', checkout('nodes', 11), 'featureExhausted'],
    ['what does not exist', checkout('rockets', 1), 'featureUnknown'],
    ['a use of what is not included', use('sdk'), 'featureUnknown'],
    ['what was spent, back', giveBack('minutes', 1), 'featureNotReturnable'],
    ['more back than is held', giveBack('nodes', 1), 'featureNotReturnable'],
    ['what is on or off', checkout('editor', 1), 'requestRefused'],
    ['a use of what is counted', use('nodes'), 'requestRefused'],
  ])('is refused by the server: %s', async (_, wish, code) => {
    const { app } = await withFeatures();
    const before = await held(app, wish.key);
    expect(await change(app, wish)).toBe(code);
    expect(await held(app, wish.key)).toEqual(before);
    expect(app.stored().open).toBe(false);
    expect(await app.refresh()).toBe('ok');
  });

  it('is not for a license that is not active', async () => {
    const app = install();
    expect(await change(app, checkout('nodes', 1))).toBe('notAllowedInState');
    const { app: active, change: decide } = await withFeatures();
    await decide('disable');
    expect(await active.refresh()).toBe('entitlementDisabled');
    expect(await change(active, checkout('nodes', 1))).toBe('notAllowedInState');
  });

  it('sees what others hold', async () => {
    const { app, code } = await withFeatures();
    const other = install({ fingerprint: device(OTHER_DEVICE) });
    expect(await other.activate(code)).toBe('ok');
    expect(await change(other, checkout('nodes', 7))).toBe('ok');
    expect(await change(app, checkout('nodes', 4))).toBe('featureExhausted');
    expect(await held(app, 'nodes')).toEqual([0, 3]);
    expect(await change(app, checkout('nodes', 3))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([3, 0]);
  });

  it('counts for itself where the server answers with nothing', async () => {
    const silent = (api: LicensingApi): LicensingApi => ({
      ...api,
      checkoutFeature: async (session, wish) => {
        const answer = await api.checkoutFeature(session, wish);
        return answer.ok ? { ok: true, value: { ...answer.value, value: { feature: null } } } : answer;
      },
    });
    const { app } = await withFeatures({ api: silent });
    expect(await change(app, checkout('nodes', 4))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([4, 6]);
  });
});

describe('a change of a feature whose answer was lost', () => {
  it.each([
    ['checkoutFeature', checkout('nodes', 4), [6, 4]],
    ['checkoutFeature', checkout('minutes', 4), [6, 94]],
    ['returnFeature', giveBack('nodes', 1), [1, 9]],
  ] as const)('is carried out once when it is wished again: %s', async (operation, wish, [now]) => {
    const { app } = await withFeatures();
    expect(await change(app, checkout(wish.key, 2))).toBe('ok');
    cut(operation);
    expect(await change(app, wish)).toBe('serverUnreachable');
    expect(app.stored().open).toBe(true);
    expect(await change(app, wish)).toBe('ok');
    expect((await held(app, wish.key))[0]).toBe(now);
    expect(app.stored().open).toBe(false);
    // Once more is a new wish.
    expect(await change(app, checkout(wish.key, 1))).toBe('ok');
    expect((await held(app, wish.key))[0]).toBe(now + 1);
  });

  it('is carried out when it is wished again, where it never arrived', async () => {
    const { app } = await withFeatures();
    cutBefore('checkoutFeature');
    expect(await change(app, checkout('nodes', 4))).toBe('serverUnreachable');
    expect(await change(app, checkout('nodes', 4))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([4, 6]);
  });

  it('does not swallow another wish', async () => {
    const { app } = await withFeatures();
    cut('checkoutFeature');
    expect(await change(app, checkout('nodes', 4))).toBe('serverUnreachable');
    expect(await change(app, checkout('nodes', 2))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([6, 4]);
  });

  it('shows what has become of it after a refresh, and the same wish is a new one then', async () => {
    const { app } = await withFeatures();
    cut('checkoutFeature');
    expect(await change(app, checkout('nodes', 4))).toBe('serverUnreachable');
    expect(await app.refresh()).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([4, 6]);
    expect(await change(app, checkout('nodes', 4))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([8, 2]);
  });

  it('does not take the next same wish for the lost one where only the license file was lost', async () => {
    const { app } = await withFeatures();
    cut('licenseFile');
    expect(await change(app, checkout('nodes', 4))).toBe('ok');
    expect(await change(app, checkout('nodes', 4))).toBe('ok');
    expect(await held(app, 'nodes')).toEqual([8, 2]);
  });

  it('counts a use once', async () => {
    const { app } = await withFeatures();
    const keys: string[] = [];
    const spying = install({
      dataDir: app.dataDir,
      api: (api) => ({
        ...api,
        trackFeatureUsage: (session, key, idempotencyKey) => {
          keys.push(idempotencyKey);
          return api.trackFeatureUsage(session, key, idempotencyKey);
        },
      }),
    });
    cut('trackFeatureUsage');
    expect(await change(spying, use('editor'))).toBe('serverUnreachable');
    expect(await change(spying, use('editor'))).toBe('ok');
    expect(new Set(keys).size).toBe(1);
    expect(await change(spying, use('editor'))).toBe('ok');
    expect(new Set(keys).size).toBe(2);
  });
});
