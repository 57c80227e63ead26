import { describe, expect, it } from 'vitest';
import { createLicenseService } from '../../../electron/license/service.ts';
import { viewLicense } from '../../../electron/license/view.ts';
import { createOfflineService } from '../../../electron/offline/service.ts';
import { NO_LIMITS, type Limits } from '../../../shared/license/limits.ts';
import type { Result } from '../../../shared/result.ts';
import { activated, device, VIRTUAL, withServer, type Installation } from './engine.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, install, buy } = withServer();

const codeOf = (outcome: Result<unknown>) => (outcome.ok ? 'ok' : outcome.error.code);

/** The same installation under an administrator's policy. */
function under(app: Installation, changes: Partial<Limits>) {
  const engine = { ...app.engine, limits: () => ({ ...NO_LIMITS, ...changes }) };
  const [product] = engine.profile.products;
  if (product === undefined) throw new Error('the profile has no product');
  const { productId } = app;
  const service = createLicenseService(engine);
  const offline = createOfflineService(engine);
  return {
    activate: async (code: string) => codeOf(await service.activate({ productId, code: typedCode(code) })),
    refresh: async () => codeOf(await service.refresh(productId)),
    deactivate: async () => codeOf(await service.deactivate(productId)),
    reconcile: async () => codeOf(await service.reconcile(productId)),
    checkout: async () =>
      codeOf(await service.changeFeature(productId, { kind: 'checkout', key: 'render-nodes', amount: 1 })),
    makeRequest: async (code: string) =>
      codeOf(await offline.makeRequest({ productId, code: typedCode(code) })),
    view: async () => (await viewLicense(engine, product, null)).view,
  };
}

describe('the policy of an administrator', () => {
  it('denies what it names, whoever asks for it, and nothing else', async () => {
    const { code, seats } = await buy();
    const app = await activated(install(), code);
    const limited = under(app, { denied: ['deactivate', 'checkoutFeature'] });
    const before = app.stored();
    expect(await limited.deactivate()).toBe('deniedByPolicy');
    expect(await limited.checkout()).toBe('deniedByPolicy');
    expect(app.stored()).toEqual(before);
    expect(await seats()).toHaveLength(1);
    const { actions, reasons, state } = await limited.view();
    expect(actions).not.toContain('deactivate');
    expect(actions).not.toContain('checkoutFeature');
    expect(reasons.map((reason) => reason.code)).toContain('deniedByPolicy');
    expect(state).toBe('active');
    expect(await limited.refresh()).toBe('ok');
    // As soon as it no longer says so, it can be done.
    expect(await app.deactivate()).toBe('ok');
  });

  it('denies an activation in either way, and says what is not its doing as before', async () => {
    const { code } = await buy();
    const app = install();
    const limited = under(app, { denied: ['activateWithCode', 'makeOfflineRequest', 'deactivate'] });
    expect(await limited.activate(code)).toBe('deniedByPolicy');
    expect(await limited.makeRequest(code)).toBe('deniedByPolicy');
    expect(await limited.deactivate()).toBe('notAllowedInState');
    expect(await limited.activate('!')).toBe('activationCodeMalformed');
  });

  it('forbids virtual machines where the vendor does not', async () => {
    const { code } = await buy();
    const app = install({ fingerprint: device({}, VIRTUAL) });
    expect(await under(app, { virtualMachinesForbidden: true }).activate(code)).toBe(
      'virtualMachineForbidden',
    );
    expect(await under(app, {}).activate(code)).toBe('ok');
    const { state, reasons } = await under(app, { virtualMachinesForbidden: true }).view();
    expect(state).toBe('notActivated');
    expect(reasons.map((reason) => reason.code)).toContain('virtualMachineForbidden');
  });

  it('stops every call where it can not be obeyed, and takes no license away', async () => {
    const { code } = await buy();
    const app = await activated(install(), code);
    const limited = under(app, { invalid: 'is not JSON' });
    server().faults.next({ kind: 'cutBefore' });
    expect(await limited.refresh()).toBe('policyInvalid');
    expect(await limited.deactivate()).toBe('policyInvalid');
    expect(await limited.reconcile()).toBe('policyInvalid');
    expect(await under(install(), { invalid: 'is not JSON' }).activate(code)).toBe('policyInvalid');
    // No call was made that the fault could have met.
    expect(server().faults.take('any')).not.toBeNull();
    const { state, actions, reasons } = await limited.view();
    expect({ state, actions }).toEqual({ state: 'active', actions: [] });
    expect(reasons[0]).toMatchObject({ code: 'policyInvalid', facts: { field: 'is not JSON' } });
  });
});
