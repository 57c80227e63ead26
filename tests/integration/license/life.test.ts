import { describe, expect, it } from 'vitest';
import { activated, DAY, device, OTHER_DEVICE, withServer } from './engine.ts';

const { server, install, buy } = withServer();

describe('a seat from beginning to end', () => {
  it('is taken with the code, described in full, and counted by the vendor', async () => {
    const { code, seats } = await buy({ customerName: 'Harbour Works' });
    const app = install();
    expect(await app.told()).toEqual(['notActivated', 'neverActivated']);
    // As mail programs and people write it.
    expect(
      await app.activate(`  ${code.toLowerCase().replaceAll('-', ' – ')} \n`, { seatName: ' Desk 4 ' }),
    ).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    const { activation, actions, lastContactAt, seatId } = await app.view();
    expect(activation).toMatchObject({
      mode: 'online',
      method: 'activationCode',
      seatName: 'Desk 4',
      seatId,
      entitlement: { status: 'active', customerName: 'Harbour Works', seatCount: 2, seatsUsed: 1 },
    });
    expect(actions).toEqual(expect.arrayContaining(['refresh', 'pullState', 'deactivate']));
    expect(lastContactAt).not.toBeNull();
    expect(await seats()).toMatchObject([{ seatId, seatName: 'Desk 4' }]);
  });

  it('is there after a restart without any call', async () => {
    const { code } = await buy();
    const before = await activated(install(), code);
    server().faults.next({ kind: 'cutBefore' });
    const after = install({ dataDir: before.dataDir });
    expect((await after.view()).activation).toEqual((await before.view()).activation);
    expect(server().faults.take('any')).not.toBeNull();
  });

  it('has its lease moved by refresh, and by nothing else', async () => {
    const { code } = await buy({ leasePeriod: { type: 'Day', count: 10 } });
    const app = await activated(install(), code);
    const first = (await app.view()).activation?.leaseExpiry ?? 0;
    server().setClock(() => Date.now() + DAY);
    expect(await app.pullState()).toBe('ok');
    expect((await app.view()).activation?.leaseExpiry).toBe(first);
    expect(await app.refresh()).toBe('ok');
    const later = (await app.view()).activation?.leaseExpiry ?? 0;
    expect(Math.round((later - first) / DAY)).toBe(1);
  });

  it('shows with pullState what the vendor has changed meanwhile', async () => {
    const { code, change } = await buy();
    const app = await activated(install(), code);
    await change('disable');
    expect(await app.told()).toEqual(['active']);
    expect(await app.pullState()).toBe('ok');
    expect(await app.told()).toEqual(['entitlementNotActive', 'entitlementDisabled']);
    expect((await app.view()).actions).toContain('deactivate');
    await change('enable');
    expect(await app.pullState()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
  });

  it('is free again after deactivation, for this device and for others', async () => {
    const { code, seatsUsed } = await buy({ seatCount: 1 });
    const app = await activated(install(), code);
    expect(await seatsUsed()).toBe(1);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(await app.told()).toEqual(['notActivated', 'deactivated']);
    expect(app.stored().open).toBe(false);
    expect(await app.activate(code)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });

  it('that the vendor has released is told as such by the next call', async () => {
    const { code, release } = await buy();
    const app = await activated(install(), code);
    await release();
    expect(await app.refresh()).toBe('seatReleased');
    expect(await app.told()).toEqual(['notActivated', 'seatReleased']);
    expect(await app.activate(code)).toBe('ok');
  });

  it('that the vendor has released counts as given back when the user gives it back', async () => {
    const { code, release, seatsUsed } = await buy();
    const app = await activated(install(), code);
    await release();
    expect(await app.deactivate()).toBe('ok');
    expect(await app.told()).toEqual(['notActivated', 'deactivated']);
    expect(await seatsUsed()).toBe(0);
  });
});

describe('what the state does not allow', () => {
  it('is refused without a call: every operation but activation before it, activation after it', async () => {
    const { code } = await buy();
    const app = install();
    for (const operation of ['refresh', 'pullState', 'deactivate'] as const) {
      expect(await app[operation]()).toBe('notAllowedInState');
    }
    await activated(app, code);
    const before = app.stored();
    expect(await app.activate(code)).toBe('notAllowedInState');
    expect(app.stored()).toEqual(before);
  });

  it('includes products that the profile does not name', async () => {
    const app = install({ productId: 'prod_0000000000000000000000' });
    expect(await app.refresh()).toBe('productUnknown');
  });
});

describe('a refused activation', () => {
  it('of a code that can not be one never asks the server', async () => {
    const app = install();
    server().faults.next({ kind: 'status', status: 500 });
    expect(await app.activate('12')).toBe('activationCodeMalformed');
    expect(await app.activate('')).toBe('activationCodeMalformed');
    expect(server().faults.take('any')).not.toBeNull();
  });

  it('of an edition that the profile does not have never asks the server', async () => {
    const { code } = await buy();
    expect(await install().activate(code, { editionId: 'no-such-edition' })).toBe('editionNotIncluded');
  });

  const disabled = async () => {
    const bought = await buy();
    await bought.change('disable');
    return bought.code;
  };
  const usedUp = async () => {
    const { code } = await buy({ seatCount: 1 });
    await activated(install({ fingerprint: device(OTHER_DEVICE) }), code);
    return code;
  };
  const expired = async () => {
    const { code } = await buy({ gracePeriod: { type: 'None' } });
    server().setClock(() => Date.now() + 400 * DAY);
    return code;
  };
  const notStarted = async () => {
    const { code } = await buy({
      plan: {
        name: 'Later',
        licenseType: 'Subscription',
        licenseStartType: 'ManualActivation',
        licenseDuration: { type: 'Year', count: 1 },
      },
    });
    return code;
  };

  it.each([
    ['activationCodeInvalid', () => Promise.resolve('ORBIT-AAAA-BBBB-CCCC-DDDD')],
    ['seatLimitReached', usedUp],
    ['entitlementDisabled', disabled],
    ['entitlementExpired', expired],
    ['entitlementNotStarted', notStarted],
  ] as const)('(%s) leaves nothing behind', async (expected, prepare) => {
    const code = await prepare();
    const app = install();
    expect(await app.activate(code)).toBe(expected);
    expect(app.stored()).toEqual({ records: {}, open: false });
    expect(await app.told()).toEqual(['notActivated', 'neverActivated']);
  });

  it.each([
    ['serverError', { kind: 'status', status: 500 }],
    ['rateLimited', { kind: 'status', status: 429, retryAfterSeconds: 5 }],
    ['serverUnreachable', { kind: 'cutBefore' }],
    ['answerMalformed', { kind: 'malformedJson' }],
  ] as const)('(%s) leaves an existing license and its device as they were', async (expected, fault) => {
    const [first, second] = [await buy(), await buy()];
    const app = await activated(install(), first.code);
    await first.change('disable');
    expect(await app.pullState()).toBe('ok');
    const { records } = app.stored();
    server().faults.next(fault, 'activate');
    expect(await app.activate(second.code)).toBe(expected);
    expect(app.stored().records).toEqual(records);
    // Whichever of the two it is after the next call, it is one, and nothing is open.
    await first.change('enable');
    expect(await app.pullState()).toBe('ok');
    expect(app.stored().open).toBe(false);
    expect((await first.seatsUsed()) + (await second.seatsUsed())).toBe(1);
  });

  it('under a certificate or key that is wrong leaves everything as it was', async () => {
    const { code, seatsUsed } = await buy();
    for (const [variant, expected] of [
      ['newKey', 'pinMismatch'],
      ['expired', 'certificateExpired'],
      ['otherCa', 'certificateUntrusted'],
    ] as const) {
      await server().setCertificate(variant);
      const app = install();
      expect(await app.activate(code)).toBe(expected);
      expect(app.stored()).toEqual({ records: {}, open: false });
      await server().setCertificate('valid');
    }
    expect(await seatsUsed()).toBe(0);
  });

  it('of a code for another product says so', async () => {
    const { code, seatsUsed } = await buy();
    const other = 'prod_0000000000000000000009';
    const app = install({
      productId: other,
      profile: (profile) => ({
        ...profile,
        products: [...profile.products, { productId: other, name: 'Another', editions: [] }],
      }),
    });
    expect(await app.activate(code)).toBe('productMismatch');
    expect(app.stored()).toEqual({ records: {}, open: false });
    expect(await seatsUsed()).toBe(0);
  });
});

describe('a refused refresh', () => {
  it('learns from the server that the entitlement is disabled, and why it is not active from then on', async () => {
    const { code, change } = await buy();
    const app = await activated(install(), code);
    await change('disable');
    expect(await app.refresh()).toBe('entitlementDisabled');
    expect(await app.told()).toEqual(['entitlementNotActive', 'entitlementDisabled']);
    expect(app.stored().open).toBe(false);
  });

  it.each([
    ['serverUnreachable', { kind: 'cutBefore' }],
    ['serverError', { kind: 'status', status: 503 }],
    ['answerMalformed', { kind: 'wrongContentType' }],
  ] as const)(
    '(%s) leaves license and device as they were, and the license active',
    async (expected, fault) => {
      const { code } = await buy();
      const app = await activated(install(), code);
      const { records } = app.stored();
      server().faults.next(fault);
      expect(await app.refresh()).toBe(expected);
      expect(app.stored().records).toEqual(records);
      expect((await app.view()).state).toBe('active');
      expect(await app.refresh()).toBe('ok');
      expect(app.stored().open).toBe(false);
    },
  );

  it('whose answer has the wrong shape keeps the license; only the next nonce is taken from it', async () => {
    const { code } = await buy();
    const app = await activated(install(), code);
    const { activation } = await app.view();
    server().faults.next({ kind: 'wrongShape' }, 'refreshActivation');
    expect(await app.refresh()).toBe('answerMalformed');
    expect((await app.view()).activation).toEqual(activation);
    expect(await app.refresh()).toBe('ok');
  });
});
