import { describe, expect, it } from 'vitest';
import { activated, device, OTHER_DEVICE, withServer, type Installation } from './engine.ts';

const { server, install, buy } = withServer();

/** The server acts on the next call of a kind, and nobody hears of it. */
const cut = (operationId: string) => server().faults.next({ kind: 'cutAfter' }, operationId);

/** No byte leaves, as on a train. */
const withoutNetwork = async (work: () => Promise<string>): Promise<string> => {
  await server().setCertificate('newKey');
  const outcome = await work();
  await server().setCertificate('valid');
  return outcome;
};

/** Active and in step with the server: calls go well and leave nothing open. */
async function expectInStep(app: Installation): Promise<void> {
  for (const call of ['refresh', 'pullState', 'refresh'] as const) expect(await app[call]()).toBe('ok');
  expect(app.stored().open).toBe(false);
  expect((await app.view()).state).toBe('active');
}

describe('an activation whose answer was cut off', () => {
  it('is told, and activating again finds the same seat', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    cut('activate');
    expect(await app.activate(code)).toBe('serverUnreachable');
    expect(await app.told()).toEqual([
      'notActivated',
      'neverActivated',
      'activationInterrupted',
      'serverUnreachable',
    ]);
    expect(await seatsUsed()).toBe(1);
    expect(await app.activate(code)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectInStep(app);
  });

  it('is finished by the next start without the user', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    cut('activate');
    expect(await app.activate(code, { seatName: 'Desk' })).toBe('serverUnreachable');
    const later = install({ dataDir: app.dataDir });
    expect(await later.reconcile()).toBe('ok');
    expect((await later.view()).activation?.seatName).toBe('Desk');
    expect(await seatsUsed()).toBe(1);
    await expectInStep(later);
  });

  it('is finished on a machine that has changed a little since, and not on another', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    cut('activate');
    expect(await app.activate(code)).toBe('serverUnreachable');
    const other = install({ dataDir: app.dataDir, fingerprint: device(OTHER_DEVICE) });
    expect(await other.reconcile()).toBe('vaultKeyUnavailable');
    const later = install({ dataDir: app.dataDir, fingerprint: device({ mac: 1 }) });
    expect(await later.reconcile()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectInStep(later);
  });

  it('stays open while the server is out of reach or turns us away, however often it is tried', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    cut('activate');
    expect(await app.activate(code)).toBe('serverUnreachable');
    expect(await withoutNetwork(() => app.reconcile())).toBe('pinMismatch');
    expect(await withoutNetwork(() => app.activate(code))).toBe('pinMismatch');
    server().faults.next({ kind: 'status', status: 429 }, 'activate');
    expect(await app.reconcile()).toBe('rateLimited');
    server().faults.next({ kind: 'status', status: 429 }, 'activate');
    expect(await app.activate(code)).toBe('rateLimited');
    expect(app.stored().open).toBe(true);
    expect(await app.reconcile()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectInStep(app);
  });

  it('is withdrawn when another code is used, so that no seat stays taken for nothing', async () => {
    const [first, second] = [await buy(), await buy()];
    const app = install();
    cut('activate');
    expect(await app.activate(first.code)).toBe('serverUnreachable');
    expect(await first.seatsUsed()).toBe(1);
    expect(await app.activate(second.code)).toBe('ok');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, 1]);
    await expectInStep(app);
  });

  it('is not forgotten for another code while it can not be withdrawn', async () => {
    const [first, second] = [await buy(), await buy()];
    const app = install();
    cut('activate');
    expect(await app.activate(first.code)).toBe('serverUnreachable');
    server().faults.next({ kind: 'status', status: 429 }, 'activate');
    expect(await app.activate(second.code)).toBe('rateLimited');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([1, 0]);
    expect(await app.activate(second.code)).toBe('ok');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, 1]);
  });

  it('is settled where the server has the last word', async () => {
    const { code, change } = await buy();
    const app = install();
    cut('activate');
    expect(await app.activate(code)).toBe('serverUnreachable');
    await change('disable');
    expect(await app.reconcile()).toBe('entitlementDisabled');
    expect(app.stored().open).toBe(false);
  });

  it('with a second code beside a seat is finished before anything else is done with the seat', async () => {
    for (const operation of ['pullState', 'deactivate'] as const) {
      const [first, second] = [await buy(), await buy()];
      const app = await activated(install(), first.code);
      await first.change('disable');
      expect(await app.pullState()).toBe('ok');
      cut('activate');
      expect(await app.activate(second.code)).toBe('serverUnreachable');
      expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([1, 1]);
      expect(await app[operation]()).toBe('ok');
      const kept = operation === 'pullState' ? 1 : 0;
      expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, kept]);
      expect(app.stored().open).toBe(false);
    }
  });
});

describe.each(['refreshActivation', 'getActivation', 'getEntitlement'])(
  'an answer to %s that was cut off',
  (kind) => {
    it('is repaired by the next refresh, with the same one seat', async () => {
      const { code, seats } = await buy();
      const app = await activated(install(), code);
      const [before] = await seats();
      cut(kind);
      await app.refresh();
      expect((await app.view()).state).toBe('active');
      expect(app.stored().open).toBe(true);
      await expectInStep(app);
      const after = await seats();
      expect(after).toHaveLength(1);
      expect(after[0]?.id).toBe(before?.id);
    });

    it('is repaired by the next pull of another process', async () => {
      const { code, seatsUsed } = await buy();
      const app = await activated(install(), code);
      cut(kind);
      await app.refresh();
      const other = install({ dataDir: app.dataDir });
      expect(await other.pullState()).toBe('ok');
      expect(await seatsUsed()).toBe(1);
      await expectInStep(app);
    });

    it('is not taken for a clone after a time without network or with a server that turns us away', async () => {
      const { code, seatsUsed } = await buy();
      const app = await activated(install(), code);
      cut(kind);
      await app.refresh();
      for (const call of ['refresh', 'pullState', 'deactivate'] as const) {
        expect(await withoutNetwork(() => app[call]())).toBe('pinMismatch');
        server().faults.next({ kind: 'status', status: 429 });
        expect(await app[call]()).toBe('rateLimited');
      }
      expect(await app.reconcile()).toBe('ok');
      await expectInStep(app);
      expect(await seatsUsed()).toBe(1);
    });

    it('does not keep the seat from being given back', async () => {
      const { code, seatsUsed } = await buy();
      const app = await activated(install(), code);
      cut(kind);
      await app.refresh();
      expect(await app.deactivate()).toBe('ok');
      expect(await seatsUsed()).toBe(0);
      expect(app.stored().open).toBe(false);
    });

    it('is not taken for a clone when the entitlement was disabled meanwhile and is enabled again', async () => {
      const { code, change, seatsUsed } = await buy();
      const app = await activated(install(), code);
      cut(kind);
      await app.refresh();
      await change('disable');
      expect(await app.refresh()).toBe('entitlementDisabled');
      expect(await app.told()).toEqual(['entitlementNotActive', 'entitlementDisabled']);
      expect(await app.pullState()).toBe('entitlementDisabled');
      await change('enable');
      expect(await app.pullState()).toBe('ok');
      await expectInStep(app);
      expect(await seatsUsed()).toBe(1);
    });

    it('of a seat that was given to somebody else meanwhile ends the license with that reason', async () => {
      const { code, release, seatsUsed } = await buy({ seatCount: 1 });
      const app = await activated(install(), code);
      cut(kind);
      await app.refresh();
      await release();
      await activated(install({ fingerprint: device(OTHER_DEVICE) }), code);
      expect(await app.refresh()).toBe('seatReleased');
      expect(await app.told()).toEqual(['notActivated', 'seatReleased']);
      expect(await seatsUsed()).toBe(1);
    });
  },
);

describe('the terms of purchase, cut off right after an activation', () => {
  it('cost the user nothing: neither now, nor at the next start, nor at the next call', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    cut('getEntitlement');
    expect(await app.activate(code)).toBe('ok');
    expect(await app.told()).toEqual(['active', 'serverUnreachable']);
    const later = install({ dataDir: app.dataDir });
    expect(await later.reconcile()).toBe('ok');
    await expectInStep(later);
    expect(await seatsUsed()).toBe(1);
    expect((await later.view()).activation?.entitlement.planName).toBe('Yearly');
  });
});

describe('the repair itself, cut off', () => {
  it('is made up for by the one after it, and by a deactivation', async () => {
    for (const [operation, left] of [
      ['refresh', 1],
      ['deactivate', 0],
    ] as const) {
      const { code, seatsUsed } = await buy();
      const app = await activated(install(), code);
      cut('refreshActivation');
      await app.refresh();
      cut('activate');
      expect(await app.refresh()).toBe('serverUnreachable');
      expect(await app[operation]()).toBe('ok');
      expect(await seatsUsed()).toBe(left);
      expect(app.stored().open).toBe(false);
    }
  });
});

describe('a deactivation whose answer was cut off', () => {
  it('is told, and giving back again ends well', async () => {
    const { code, seatsUsed } = await buy();
    const app = await activated(install(), code);
    cut('deactivate');
    expect(await app.deactivate()).toBe('serverUnreachable');
    expect(await app.told()).toEqual(['active', 'deactivationInterrupted', 'serverUnreachable']);
    expect(await seatsUsed()).toBe(0);
    expect(await app.deactivate()).toBe('ok');
    expect(await app.told()).toEqual(['notActivated', 'deactivated']);
    expect(await seatsUsed()).toBe(0);
  });

  it('is finished by the next start, whether or not the server had acted', async () => {
    for (const kind of ['cutAfter', 'cutBefore'] as const) {
      const { code, seatsUsed } = await buy();
      const app = await activated(install(), code);
      server().faults.next({ kind }, 'deactivate');
      expect(await app.deactivate()).toBe('serverUnreachable');
      const later = install({ dataDir: app.dataDir });
      expect(await withoutNetwork(() => later.reconcile())).toBe('pinMismatch');
      expect(later.stored().open).toBe(true);
      expect(await later.reconcile()).toBe('ok');
      expect(await later.told()).toEqual(['notActivated', 'deactivated']);
      expect(await seatsUsed()).toBe(0);
    }
  });

  it('and is followed by a refresh instead takes one seat again, not two', async () => {
    const { code, seatsUsed } = await buy();
    const app = await activated(install(), code);
    cut('deactivate');
    expect(await app.deactivate()).toBe('serverUnreachable');
    await expectInStep(app);
    expect(await seatsUsed()).toBe(1);
  });

  it('and by a repair whose answer is lost as well leaves no seat that nobody knows of', async () => {
    for (const goOn of ['reconcile', 'deactivate'] as const) {
      const { code, seatsUsed } = await buy();
      const app = await activated(install(), code);
      cut('deactivate');
      expect(await app.deactivate()).toBe('serverUnreachable');
      cut('activate');
      expect(await app.refresh()).toBe('serverUnreachable');
      expect(await seatsUsed()).toBe(1);
      expect(await app[goOn]()).toBe('ok');
      expect(await seatsUsed()).toBe(0);
      expect(await app.told()).toEqual(['notActivated', 'deactivated']);
    }
  });

  it('and by a repair that is lost, while the purchase is on hold, is made up for later', async () => {
    const { id, code, seats } = await buy();
    const app = await activated(install(), code);
    cut('deactivate');
    expect(await app.deactivate()).toBe('serverUnreachable');
    cut('activate');
    expect(await app.refresh()).toBe('serverUnreachable');
    server().store.entitlements.setDisabled(id, true);
    expect(await app.deactivate()).toBe('ok');
    expect(await seats()).toHaveLength(1);
    expect(await app.reconcile()).toBe('ok');
    expect(await seats()).toHaveLength(1);
    server().store.entitlements.setDisabled(id, false);
    expect(await app.reconcile()).toBe('ok');
    expect(await seats()).toHaveLength(0);
  });

  it('and followed by another code gives the seat back that a lost repair took', async () => {
    const { id, code, seats } = await buy();
    const other = await buy();
    const app = await activated(install(), code);
    cut('deactivate');
    expect(await app.deactivate()).toBe('serverUnreachable');
    cut('activate');
    expect(await app.refresh()).toBe('serverUnreachable');
    server().store.entitlements.setDisabled(id, true);
    expect(await app.pullState()).toBe('entitlementDisabled');
    expect(await app.activate(other.code)).toBe('ok');
    server().store.entitlements.setDisabled(id, false);
    expect(await app.reconcile()).toBe('ok');
    expect(await seats()).toHaveLength(0);
    expect(await other.seatsUsed()).toBe(1);
    await expectInStep(app);
  });

  it('that never left the machine is not carried out later behind the user’s back', async () => {
    const { code, seatsUsed } = await buy();
    const app = await activated(install(), code);
    const { records } = app.stored();
    expect(await withoutNetwork(() => app.deactivate())).toBe('pinMismatch');
    expect(app.stored()).toEqual({ records, open: false });
    expect(await app.reconcile()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });
});

describe('seats of earlier activations', () => {
  /** Moved to a second purchase, while the first seat could not be given back. */
  const moved = async () => {
    const [first, second] = [await buy(), await buy()];
    const app = await activated(install(), first.code);
    await first.change('disable');
    expect(await app.pullState()).toBe('ok');
    server().faults.next({ kind: 'status', status: 429 }, 'deactivate');
    expect(await app.activate(second.code)).toBe('ok');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([1, 1]);
    return { app, first, second };
  };

  it.each(['refresh', 'pullState', 'reconcile', 'deactivate'] as const)(
    'are given back with %s',
    async (call) => {
      const { app, first, second } = await moved();
      expect(await app[call]()).toBe('ok');
      expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, call === 'deactivate' ? 0 : 1]);
    },
  );

  it('stay listed after a deactivation, until the server takes them', async () => {
    const { app, first, second } = await moved();
    server().faults.next({ kind: 'delay', milliseconds: 0 }, 'deactivate');
    server().faults.next({ kind: 'status', status: 503 }, 'deactivate');
    expect(await app.deactivate()).toBe('ok');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([1, 0]);
    expect(await app.reconcile()).toBe('ok');
    expect(await first.seatsUsed()).toBe(0);
  });
});
