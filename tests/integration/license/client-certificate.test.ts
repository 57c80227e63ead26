import '../../support/no-electron.ts';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LicensingApi } from '../../../electron/api/client.ts';
import { vaultFiles } from '../../../electron/vault/files.ts';
import { caller } from '../licensing-api/caller.ts';
import { certificatesOf, serialsOf, storedIdentities } from './certificates.ts';
import { activated, copyOf, DAY, folder, withServer, type Installation } from './engine.ts';

const LIFE = 6 * DAY;
const { server, install, buy } = withServer({
  requireClientCertificate: true,
  clientCertificateLifeMs: LIFE,
});

/** An installation whose clock, and the server's with it, can be put on. */
function installWithClock() {
  let ahead = 0;
  const clockOffset = () => ahead;
  return {
    app: install({ clockOffset, elapsed: () => ahead }),
    clockOffset,
    putOn: (milliseconds: number) => {
      ahead = milliseconds;
      server().setClock(() => Date.now() + milliseconds);
      server().setDate(() => Date.now() + milliseconds);
    },
  };
}

async function expectInStep(app: Installation): Promise<void> {
  for (const call of ['refresh', 'pullState', 'refresh'] as const) expect(await app[call]()).toBe('ok');
  expect(app.stored().open).toBe(false);
  expect(await app.told()).toEqual(['active']);
  expect((await storedIdentities(app)).asked).toBeNull();
}

describe('an activation where client certificates are required', () => {
  it('enrols, and every later call authenticates', async () => {
    const { code, seatsUsed } = await buy();
    const app = await activated(install(), code);
    const { activation } = await app.view();
    const [certificate] = await certificatesOf(app);
    expect(certificate?.subject).toBe(`O=${server().tenantId}\nCN=${activation?.id}`);
    // The terms and the license file were fetched with it.
    expect(activation?.entitlement.seatCount).toBe(2);
    await expectInStep(app);
    expect(await serialsOf(app)).toEqual([certificate?.serialNumber]);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('does not enrol, and is refused, where the profile asks for none', async () => {
    const { code } = await buy();
    const app = install({
      profile: (profile) => ({ ...profile, api: { ...profile.api, clientCertificates: 'none' } }),
    });
    expect(await app.activate(code)).toBe('ok');
    expect(await certificatesOf(app)).toEqual([]);
    expect(await app.refresh()).toBe('clientCertificateRequired');
    expect(await app.told()).toEqual(['active', 'clientCertificateRequired']);
  });

  it('uses P-256 keys on the device, at the server and at both CAs', async () => {
    const { code } = await buy();
    const app = await activated(install(), code);
    const [identity] = (await storedIdentities(app)).identities;
    const key = createPrivateKey(identity?.key ?? '');
    const authority = identity?.chain.split(/(?<=-----END CERTIFICATE-----)\n/)[1] ?? '';
    const keys = [
      key,
      ...[identity?.chain ?? '', authority, server().caPem].map((pem) => new X509Certificate(pem).publicKey),
    ];
    expect(keys.map((one) => one.asymmetricKeyDetails?.namedCurve)).toEqual(
      Array.from({ length: 4 }, () => 'prime256v1'),
    );
  });

  it('keeps nothing of the key once the seat was given back', async () => {
    const { code } = await buy();
    const app = await activated(install(), code);
    expect(Object.keys(app.stored().records).filter((name) => name.startsWith('identity'))).toHaveLength(2);
    expect(await app.deactivate()).toBe('ok');
    expect(Object.keys(app.stored().records).filter((name) => name.startsWith('identity'))).toEqual([]);
  });

  it('wipes the key also where the seat was released by the vendor', async () => {
    const { code, release } = await buy();
    const app = await activated(install(), code);
    await release();
    expect(await app.refresh()).toBe('seatReleased');
    expect(await certificatesOf(app)).toEqual([]);
  });

  it('gives an earlier seat back with the certificate of that one', async () => {
    const [first, second] = [await buy(), await buy()];
    const app = await activated(install(), first.code);
    const [earlier] = await serialsOf(app);
    await first.change('disable');
    expect(await app.refresh()).toBe('entitlementDisabled');
    expect(await app.activate(second.code)).toBe('ok');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, 1]);
    const serials = await serialsOf(app);
    expect(serials).toHaveLength(1);
    expect(serials).not.toContain(earlier);
    await expectInStep(app);
  });

  it('withdraws a seat whose answer was lost, with a certificate of its own', async () => {
    const [first, second] = [await buy(), await buy()];
    const app = install();
    server().faults.next({ kind: 'cutAfter' }, 'activate');
    expect(await app.activate(first.code)).toBe('serverUnreachable');
    expect(await app.activate(second.code)).toBe('ok');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, 1]);
    await expectInStep(app);
  });
});

describe('a certificate', () => {
  it('is renewed at two thirds of its life and not before', async () => {
    const { code } = await buy();
    const { app, putOn } = installWithClock();
    await activated(app, code);
    const [first] = await serialsOf(app);
    putOn((LIFE * 2) / 3 - 3_600_000);
    expect(await app.refresh()).toBe('ok');
    expect(await serialsOf(app)).toEqual([first]);
    putOn((LIFE * 2) / 3 + 3_600_000);
    expect(await app.refresh()).toBe('ok');
    const renewed = await serialsOf(app);
    expect(renewed).toHaveLength(1);
    expect(renewed).not.toEqual([first]);
    await expectInStep(app);
    expect(await serialsOf(app)).toEqual(renewed);
  });

  it('that could not be renewed is used as long as it is good', async () => {
    const { code } = await buy();
    const { app, putOn } = installWithClock();
    await activated(app, code);
    const [first] = await serialsOf(app);
    putOn((LIFE * 3) / 4);
    server().faults.next({ kind: 'status', status: 429 }, 'issueClientCertificate');
    expect(await app.refresh()).toBe('ok');
    expect(await serialsOf(app)).toEqual([first]);
    expect(await app.refresh()).toBe('ok');
    expect(await serialsOf(app)).not.toEqual([first]);
    await expectInStep(app);
  });

  it('that has run out is replaced without the seat being lost', async () => {
    const { code, seats } = await buy();
    const { app, putOn } = installWithClock();
    await activated(app, code);
    const before = await seats();
    putOn(LIFE + DAY);
    expect(await app.refresh()).toBe('ok');
    expect((await seats()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await expectInStep(app);
  });

  it('that is revoked is told, and replaced only when the user asks', async () => {
    const { code, seats } = await buy();
    const app = await activated(install(), code);
    const [first] = await serialsOf(app);
    const [seat] = await seats();
    await caller(server()).manage('DELETE', `/activations/${seat?.id}/certificates`);
    const background = install({ dataDir: app.dataDir, unasked: true });
    expect(await background.refresh()).toBe('clientCertificateRefused');
    expect(await background.told()).toEqual(['active', 'clientCertificateRefused']);
    expect(await serialsOf(app)).toEqual([first]);
    expect(await app.refresh()).toBe('ok');
    expect(await serialsOf(app)).not.toEqual([first]);
    await expectInStep(app);
  });

  it('that is revoked does not keep a seat from being given back', async () => {
    const { code, seats, seatsUsed } = await buy();
    const app = await activated(install(), code);
    const [seat] = await seats();
    await caller(server()).manage('DELETE', `/activations/${seat?.id}/certificates`);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(await app.told()).toEqual(['notActivated', 'deactivated']);
  });

  it('of another activation is refused by the server', async () => {
    const [one, other] = [await buy(), await buy()];
    const first = await activated(install(), one.code);
    const second = await activated(install(), other.code);
    const [foreign] = (await storedIdentities(second)).identities;
    const swapped = install({
      dataDir: first.dataDir,
      unasked: true,
      api: (api) => ({
        ...api,
        refresh: (session, options) => api.refresh({ ...session, identity: foreign }, options),
      }),
    });
    expect(await swapped.refresh()).toBe('clientCertificateRefused');
    await expectInStep(first);
  });

  it('is never shown for another activation', async () => {
    const [one, other] = [await buy(), await buy()];
    const shown = new Map<string, Set<string | undefined>>();
    const watch = (api: LicensingApi): LicensingApi => ({
      ...api,
      refresh: (session, options) => {
        const token = session.accessToken.reveal();
        const seen = shown.get(token) ?? new Set();
        shown.set(token, seen.add(session.identity?.chain));
        return api.refresh(session, options);
      },
    });
    const apps = [await activated(install({ api: watch }), one.code)];
    apps.push(await activated(install({ api: watch }), other.code));
    for (const app of [...apps, ...apps]) expect(await app.refresh()).toBe('ok');
    expect([...shown.values()].map((seen) => seen.size)).toEqual([1, 1]);
    expect(new Set([...shown.values()].flatMap((seen) => [...seen])).size).toBe(2);
  });
});

describe('two copies of one activation', () => {
  it('do not take each other’s certificate for ever', async () => {
    const { code } = await buy();
    const { app, clockOffset, putOn } = installWithClock();
    await activated(app, code);
    const copy = install({ dataDir: copyOf(app), clockOffset, elapsed: clockOffset, unasked: true });
    putOn((LIFE * 3) / 4);
    expect(await copy.refresh()).toBe('ok');
    // The first has the nonce and the certificate of before.
    const first = install({ dataDir: app.dataDir, clockOffset, elapsed: clockOffset, unasked: true });
    const outcomes = [await first.refresh(), await first.refresh(), await copy.refresh()];
    expect(outcomes[0]).toBe('clientCertificateRefused');
    expect(outcomes[1]).toBe('clientCertificateRefused');
    expect(outcomes[2]).toBe('ok');
  });
});

class Killed extends Error {}
const dies = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(Killed);

describe('killed while a certificate is fetched', () => {
  const killedAtCall =
    (when: 'before' | 'after') =>
    (api: LicensingApi): LicensingApi => ({
      ...api,
      issueCertificate: async (session, csr, options) => {
        if (when === 'after') await api.issueCertificate(session, csr, options);
        throw new Killed();
      },
    });
  /** Dies at the n-th time that the record of the certificates is written: before or after. */
  const killedAtWrite = (dataDir: string, nth: number, when: 'before' | 'after') => {
    const files = vaultFiles(`${dataDir}/vault`);
    let seen = 0;
    return {
      files: {
        ...files,
        save: async (...given: Parameters<typeof files.save>) => {
          if (/^identity-prod_\w+$/.test(given[0])) seen += 1;
          else return files.save(...given);
          if (seen === nth && when === 'before') throw new Killed();
          const saved = await files.save(...given);
          if (seen === nth) throw new Killed();
          return saved;
        },
      },
    };
  };

  it.each([
    ['before the key is stored', 1, 'before'],
    ['with the key stored', 1, 'after'],
    ['before the certificate is stored', 2, 'before'],
    ['with the certificate stored', 2, 'after'],
  ] as const)('%s: the next start ends in step, with one seat', async (_name, nth, when) => {
    const { code, seatsUsed } = await buy();
    const dataDir = folder();
    await dies(install({ dataDir, parts: killedAtWrite(dataDir, nth, when) }).activate(code));
    const { asked } = await storedIdentities(install({ dataDir }));
    const later = install({ dataDir, unasked: true });
    expect(await later.reconcile()).toBe('ok');
    await expectInStep(later);
    expect(await seatsUsed()).toBe(1);
    const [identity] = (await storedIdentities(later)).identities;
    if (asked !== null) expect(identity?.key).toBe(asked.key);
  });

  it.each(['before', 'after'] as const)(
    '%s the server has heard: the same key is asked for',
    async (when) => {
      const { code, seatsUsed } = await buy();
      const app = install({ api: killedAtCall(when) });
      await dies(app.activate(code));
      const { asked } = await storedIdentities(app);
      expect(asked).not.toBeNull();
      const later = install({ dataDir: app.dataDir, unasked: true });
      expect(await later.reconcile()).toBe('ok');
      await expectInStep(later);
      expect((await storedIdentities(later)).identities.map(({ key }) => key)).toEqual([asked?.key]);
      expect(await seatsUsed()).toBe(1);
    },
  );

  it.each(['before', 'after'] as const)('for a renewal, %s the server has heard', async (when) => {
    const { code, seatsUsed } = await buy();
    const { app, clockOffset, putOn } = installWithClock();
    await activated(app, code);
    putOn((LIFE * 3) / 4);
    const dying = install({
      dataDir: app.dataDir,
      clockOffset,
      elapsed: clockOffset,
      api: killedAtCall(when),
    });
    await dies(dying.refresh());
    const later = install({ dataDir: app.dataDir, clockOffset, elapsed: clockOffset, unasked: true });
    await expectInStep(later);
    expect(await seatsUsed()).toBe(1);
  });
});

describe('an answer with a certificate that is lost', () => {
  it('is repaired with the same key, at the first enrolment', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    server().faults.next({ kind: 'cutAfter' }, 'issueClientCertificate');
    await app.activate(code);
    const { asked } = await storedIdentities(app);
    const later = install({ dataDir: app.dataDir, unasked: true });
    await expectInStep(later);
    expect((await storedIdentities(later)).identities.map(({ key }) => key)).toEqual([asked?.key]);
    expect(await seatsUsed()).toBe(1);
  });

  it('is repaired at a renewal', async () => {
    const { code, seatsUsed } = await buy();
    const { app, clockOffset, putOn } = installWithClock();
    await activated(app, code);
    putOn((LIFE * 3) / 4);
    server().faults.next({ kind: 'cutAfter' }, 'issueClientCertificate');
    expect(await app.refresh()).toBe('serverUnreachable');
    const later = install({ dataDir: app.dataDir, clockOffset, elapsed: clockOffset, unasked: true });
    await expectInStep(later);
    expect(await seatsUsed()).toBe(1);
  });
});
