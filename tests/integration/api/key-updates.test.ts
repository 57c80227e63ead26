import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createKeyUpdates, type KeyUpdateStore } from '../../../electron/api/key-updates.ts';
import { STRAIGHT } from '../../../electron/api/network.ts';
import { PinnedAgent } from '../../../electron/api/pinned-agent.ts';
import { createTransport } from '../../../electron/api/transport.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { ok } from '../../../shared/result.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { startLicensingApi, type LicensingApi as Server } from '../../licensing-api/server.ts';

let server: Server;
beforeAll(async () => {
  server = await startLicensingApi({ writeLog: () => undefined });
});
afterEach(async () => {
  server.setClock(Date.now);
  await server.setCertificate('valid');
});
afterAll(() => server.close());

function memory(): KeyUpdateStore & { chain: readonly string[] } {
  const store = {
    chain: [] as readonly string[],
    read: () => store.chain,
    write: (chain: readonly string[]) => {
      store.chain = chain;
      return ok(null);
    },
  };
  return store;
}

/** The profile of an application that knows one key of the server alone. */
function withOnePin(): VendorProfile {
  const { profile } = server;
  return { ...profile, api: { ...profile.api, pins: profile.api.pins.slice(0, 1) } };
}

function updatesOf(store: KeyUpdateStore, profile = withOnePin()) {
  const ports = { clock: systemClock, random: systemRandom, log: SILENT };
  const agent: PinnedAgent = new PinnedAgent({
    ...ports,
    pins: () => updates.trusted().pins,
    pinning: 'required',
    ca: profile.api.ca,
    network: STRAIGHT,
    onAccepted: () => undefined,
  });
  const updates = createKeyUpdates({ ...ports, profile, store, transport: createTransport(agent) });
  return updates;
}

const codeOf = (outcome: Awaited<ReturnType<ReturnType<typeof updatesOf>['refresh']>>) =>
  outcome.ok ? outcome.value.updated : outcome.error.code;

describe('signed updates of keys and pins', () => {
  it('carry an application over a change of the key of the server, also after a start', async () => {
    const store = memory();
    expect(codeOf(await updatesOf(store).refresh())).toBe(true);
    await server.setCertificate('backupKey');
    server.setClock(Date.now() + 60_000);
    expect(codeOf(await updatesOf(store).refresh())).toBe(true);
    // Who has not heard of the new key is not led astray by it.
    expect(codeOf(await updatesOf(memory()).refresh())).toBe('pinMismatch');
  });

  it('are not rolled back', async () => {
    const store = memory();
    server.setClock(Date.now() + 60_000);
    expect(codeOf(await updatesOf(store).refresh())).toBe(true);
    const { chain } = store;
    server.setClock(Date.now() - 60_000);
    expect(codeOf(await updatesOf(store).refresh())).toBe(false);
    expect(store.chain).toBe(chain);
  });

  it('count only if a key that is known has signed them', async () => {
    const profile = withOnePin();
    const stranger = {
      ...profile,
      serverKeys: profile.serverKeys.map((key) => ({ ...key, kid: `not-${key.kid}` })),
    };
    const store = memory();
    const outcome = await updatesOf(store, stranger).refresh();
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'answerMalformed', facts: { field: 'signed: unknownKey' } },
    });
    expect(store.chain).toEqual([]);
  });
});
