import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { bodyOf, caller } from '../licensing-api/caller.ts';
import { bytesIn } from '../../support/vault.ts';
import { copyOf, DAY, device, withServer, type Installation, type InstallationOptions } from './engine.ts';
import { typedLogin } from '../../support/typed-secrets.ts';

const { server, install: installPlain, buy } = withServer();

const PASSWORD = 'a long enough password';
const ANYTHING = v.looseObject({});
let count = 0;

/** The server acts on the next call of a kind, and nobody hears of it. */
const cut = (operationId: string) => server().faults.next({ kind: 'cutAfter' }, operationId);

/** Somebody with an account, and with what was bought for it. */
async function person(seatCount = 2) {
  const bought = await buy({ seatCount });
  const username = `person-${(count += 1)}@orbit.example`;
  const json = { username, password: PASSWORD, entitlementIds: [bought.id] };
  const made = await caller(server()).manage('POST', '/accounts', { json });
  const { id: accountId } = bodyOf<{ id: string }>(made);
  return {
    ...bought,
    username,
    accountId,
    shown: typedLogin({ type: 'password', username, password: PASSWORD } as const),
    wrong: typedLogin({ type: 'password', username, password: 'a wrong password' } as const),
  };
}

const install = (options: Partial<InstallationOptions> = {}) =>
  installPlain({ profile: (profile) => ({ ...profile, accounts: { password: true } }), ...options });

/** Active and in step with the server: calls go well and leave nothing open. */
async function expectInStep(app: Installation): Promise<void> {
  for (const call of ['refresh', 'pullState', 'refresh'] as const) expect(await app[call]()).toBe('ok');
  expect(app.stored().open).toBe(false);
  expect(await app.told()).toEqual(['active']);
}

describe('activating with an account', () => {
  it('takes a seat under its name, which the license then shows; calls need no account any more', async () => {
    const { shown, username, accountId, seats } = await person();
    const app = install();
    expect(await app.signIn(shown)).toBe('ok');
    expect((await app.view()).activation).toMatchObject({ method: 'password', username });
    expect(await seats()).toMatchObject([{ holdsSeat: true }]);
    // The password may have been changed since, or the account be gone.
    await caller(server()).manage('DELETE', `/accounts/${accountId}`);
    await expectInStep(app);
    expect(await app.deactivate()).toBe('ok');
    expect((await seats()).filter(({ holdsSeat }) => holdsSeat)).toEqual([]);
    expect((await app.view()).activation).toBeNull();
  });

  it('is refused with a wrong password or an unknown name, in the same words, and leaves nothing behind', async () => {
    const { wrong, seatsUsed } = await person();
    const app = install();
    expect(await app.signIn(wrong)).toBe('credentialsInvalid');
    expect(await app.signIn({ ...wrong, username: 'nobody@orbit.example' })).toBe('credentialsInvalid');
    expect(await app.told()).toEqual(['notActivated', 'neverActivated']);
    expect(app.stored().open).toBe(false);
    expect(await seatsUsed()).toBe(0);
  });

  it('is not possible where the vendor does not offer it, with or without a seat', async () => {
    const { shown, code, seatsUsed } = await person();
    const app = installPlain();
    expect((await app.view()).actions).not.toContain('activateWithAccount');
    expect(await app.signIn(shown)).toBe('notAllowedInState');
    expect(await app.activate(code)).toBe('ok');
    expect(await app.signIn(shown)).toBe('notAllowedInState');
    expect(await seatsUsed()).toBe(1);
  });

  it('replaces a license that has run out, whose seat is given back', async () => {
    const { shown, seatsUsed, username } = await person();
    const old = await buy({ seatCount: 1 });
    const app = install();
    expect(await app.activate(old.code)).toBe('ok');
    await old.change('disable');
    expect(await app.refresh()).toBe('entitlementDisabled');
    expect(await app.signIn(shown)).toBe('ok');
    expect((await app.view()).activation?.username).toBe(username);
    expect([await seatsUsed(), await old.seatsUsed()]).toEqual([1, 0]);
    await expectInStep(app);
  });

  it('writes down neither the password nor anything made of it', async () => {
    const { shown, wrong } = await person();
    const seen: unknown[] = [];
    const app = install();
    const { vault } = app.engine;
    cut('activate');
    for (const attempt of [wrong, shown, shown]) {
      await app.signIn(attempt);
      const opened = await vault();
      if (!opened.ok) throw new Error(opened.error.code);
      for (const name of Object.keys(bytesIn(`${app.dataDir}/vault`))) {
        const record = name.replace(/\.json$/, '');
        const read = await opened.value.read(record, ANYTHING);
        if (read.ok && read.value !== null) seen.push(read.value.value);
      }
    }
    const text = JSON.stringify(seen);
    expect(text).toContain('"method":"password"');
    expect(text).toContain('"kind":"activate"');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(wrong.password.reveal());
  });
});

describe('an activation with an account whose answer was cut off', () => {
  it('is told, waits for its user, and finds the same seat then', async () => {
    const { shown, wrong, seatsUsed } = await person(1);
    const app = install();
    cut('activate');
    expect(await app.signIn(shown)).toBe('serverUnreachable');
    const interrupted = ['notActivated', 'neverActivated', 'activationInterrupted', 'serverUnreachable'];
    expect(await app.told()).toEqual(interrupted);
    expect(await seatsUsed()).toBe(1);

    // A start can't finish it, and takes nothing away.
    const later = install({ dataDir: app.dataDir });
    expect(await later.reconcile()).toBe('signInNeeded');
    expect(await later.told()).toEqual(interrupted);
    expect(await later.signIn(wrong)).toBe('credentialsInvalid');
    expect(await later.told()).toEqual(interrupted.slice(0, 3));
    expect(await later.signIn(shown)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectInStep(later);
  });

  it('does not stand in the way of a code; its seat is found again by the account, or ends with its lease', async () => {
    const { shown, seats, seatsUsed } = await person(1);
    const other = await buy();
    const app = install();
    cut('activate');
    expect(await app.signIn(shown)).toBe('serverUnreachable');
    expect(await app.activate(other.code)).toBe('ok');
    await expectInStep(app);
    expect(await seatsUsed()).toBe(1);
    expect(await app.reconcile()).toBe('ok');
    expect(await app.deactivate()).toBe('ok');
    expect(await app.signIn(shown)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectInStep(app);
    expect(await app.deactivate()).toBe('ok');
    expect((await seats()).filter(({ holdsSeat }) => holdsSeat)).toEqual([]);
  });

  it('does not stand in the way of another account', async () => {
    const first = await person(1);
    const second = await person(1);
    const app = install();
    cut('activate');
    expect(await app.signIn(first.shown)).toBe('serverUnreachable');
    expect(await app.signIn(second.shown)).toBe('ok');
    expect((await app.view()).activation?.username).toBe(second.username);
    await expectInStep(app);
  });

  it('beside a seat that is held leaves that seat in order', async () => {
    const { shown, seatsUsed } = await person(1);
    const old = await buy({ seatCount: 1 });
    const app = install();
    expect(await app.activate(old.code)).toBe('ok');
    await old.change('disable');
    expect(await app.refresh()).toBe('entitlementDisabled');
    cut('activate');
    expect(await app.signIn(shown)).toBe('serverUnreachable');
    await old.change('enable');
    expect(await app.pullState()).toBe('ok');
    await expectInStep(app);
    expect([await seatsUsed(), await old.seatsUsed()]).toEqual([1, 1]);
    expect(await app.deactivate()).toBe('ok');
    expect(await app.signIn(shown)).toBe('ok');
    expect([await seatsUsed(), await old.seatsUsed()]).toEqual([1, 0]);
  });
});

describe('a call of a seat of an account whose answer was cut off', () => {
  it.each(['refreshActivation', 'getActivation'])(
    'keeps the license and asks its user to sign in: %s',
    async (operation) => {
      const { shown, wrong, seatsUsed } = await person(1);
      const app = install();
      expect(await app.signIn(shown)).toBe('ok');
      cut(operation);
      await app.refresh();
      expect(await app.refresh()).toBe('signInNeeded');
      expect(await app.told()).toEqual(['active', 'signInNeeded']);
      expect((await app.view()).actions).toContain('activateWithAccount');

      const later = install({ dataDir: app.dataDir });
      expect(await later.reconcile()).toBe('ok');
      expect(await later.told()).toEqual(['active', 'signInNeeded']);
      expect(await later.signIn(wrong)).toBe('credentialsInvalid');
      expect(await later.told()).toEqual(['active', 'signInNeeded']);
      expect(await later.signIn(shown)).toBe('ok');
      expect(await seatsUsed()).toBe(1);
      await expectInStep(later);
      expect((await later.view()).actions).not.toContain('activateWithAccount');
    },
  );

  it('can be deactivated without signing in, since that takes no nonce', async () => {
    const { shown, seatsUsed } = await person(1);
    const app = install();
    expect(await app.signIn(shown)).toBe('ok');
    cut('refreshActivation');
    expect(await app.refresh()).toBe('serverUnreachable');
    expect(await app.refresh()).toBe('signInNeeded');
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(app.stored().open).toBe(false);
  });

  it('within the activation itself is repaired at once, with what was just shown', async () => {
    const { shown, seatsUsed } = await person(1);
    const app = install();
    cut('getEntitlement');
    expect(await app.signIn(shown)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    expect(await app.told()).toEqual(['active', 'serverUnreachable']);
  });

  it('is still the work of a clone where no answer of ours was lost', async () => {
    const { shown } = await person(1);
    const app = install();
    expect(await app.signIn(shown)).toBe('ok');
    const copy = copyOf(app);
    expect(await app.refresh()).toBe('ok');
    const second = install({ dataDir: copy });
    expect(await second.refresh()).toBe('nonceMismatch');
    expect(await second.told()).toEqual(['notActivated', 'seatLostToClone']);
    await expectInStep(app);
  });
});

describe('a device that has changed', () => {
  it('keeps the seat of an account over a refresh', async () => {
    const { shown, seatsUsed } = await person(1);
    const app = install();
    expect(await app.signIn(shown)).toBe('ok');
    const later = install({ dataDir: app.dataDir, fingerprint: device({ mac: 1 }), clockOffset: () => DAY });
    expect(await later.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    expect((await later.view()).state).toBe('active');
  });
});
