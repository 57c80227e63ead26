import { rmSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { httpsCall } from '../../support/https-call.ts';
import { LINUX_LAPTOP } from '../../unit/fingerprint/machines.ts';
import type { PlantedFault } from './fault.ts';
import { must, type World } from './world.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** The license itself: what the server has decided, what is over, and what was begun and not ended. */

const DAY = 24 * 60 * 60_000;

const plan = (changes: Partial<CreateEntitlementRequest['plan']>): CreateEntitlementRequest['plan'] => ({
  name: 'Yearly',
  licenseType: 'Subscription',
  licenseStartType: 'EntitlementCreation',
  licenseDuration: { type: 'Year', count: 1 },
  ...changes,
});

/** Lets time pass for the device and the server alike. */
async function later({ setting, server, restart }: World, by: number): Promise<void> {
  const now = () => Date.now() + by;
  setting.clockOffset = by;
  server.setClock(now);
  server.setDate(now);
  await restart();
}

const answered = v.object({ token: v.string() });

/** Activates without a network: the request is carried to the server, and its response back. */
async function activateOffline(world: World): Promise<void> {
  const { server, productId, services } = world;
  const { code } = await world.buy({ offlineLeasePeriod: { type: 'Day', count: 60 } });
  const request = must(await services().offline.makeRequest({ productId, code: typedCode(code) }));
  const answer = await httpsCall({
    url: `${server.url}/api/v1/offline/tokens`,
    method: 'POST',
    ca: server.caPem,
    headers: { 'N-TenantId': server.tenantId },
    json: { token: request.armored },
  });
  must(await services().offline.importToken(v.parse(answered, answer.body).token));
}

export const LICENSE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'Nothing is wrong, in a test environment',
    code: 'testEnvironment',
    remedy: 'none',
    button: null,
    plant: ({ activate }) => activate(),
  },
  {
    name: 'The device was never activated',
    code: 'neverActivated',
    remedy: 'activate',
    button: 'Activate',
    plant: () => Promise.resolve(),
  },
  {
    name: 'The device was deactivated',
    code: 'deactivated',
    remedy: 'activate',
    button: 'Activate',
    plant: async ({ activate, services, productId }) => {
      await activate();
      must(await services().license.deactivate(productId));
    },
  },
  {
    name: 'The activation code is one that the server does not know',
    code: 'activationCodeInvalid',
    remedy: 'checkCode',
    button: null,
    explains: ['neverActivated'],
    plant: ({ services, productId }) =>
      services().license.activate({ productId, code: typedCode('ORBIT-2345-6789-ABCD-EFGH') }),
  },
  {
    name: 'All seats of the purchase are taken by others',
    code: 'seatLimitReached',
    remedy: 'freeSeat',
    button: 'Open the portal',
    explains: ['neverActivated'],
    plant: async (world) => {
      const { code } = await world.buy();
      const { productId } = world;
      const other = await world.another('empty', { machine: LINUX_LAPTOP });
      must(await other.license.activate({ productId, code: typedCode(code) }));
      await world.services().license.activate({ productId, code: typedCode(code) });
    },
  },
  {
    name: 'The seat was released in the back office',
    code: 'seatReleased',
    remedy: 'activateAgain',
    button: 'Activate again',
    plant: async ({ activate, release, refresh }) => {
      await release(await activate());
      await refresh();
    },
  },
  {
    name: 'A copy of the installation has called first',
    code: 'seatLostToClone',
    remedy: 'activateAgain',
    button: 'Activate again',
    plant: async (world) => {
      await world.activate();
      const copy = await world.another('copy');
      must(await copy.license.refresh(world.productId));
      await world.refresh();
    },
  },
  {
    name: 'The subscription has ended',
    code: 'entitlementExpired',
    remedy: 'renew',
    button: 'Renew',
    explains: ['leaseExpired'],
    plant: async (world) => {
      await world.activate({ gracePeriod: { type: 'None' } });
      await later(world, 400 * DAY);
      await world.refresh();
    },
  },
  {
    name: 'The vendor has switched the license off',
    code: 'entitlementDisabled',
    remedy: 'contactVendor',
    button: 'Contact the vendor',
    plant: async ({ activate, manage, services, productId }) => {
      const { id } = await activate();
      await manage('POST', `/entitlements/${id}/disable`);
      await services().license.pullState(productId);
    },
  },
  {
    name: 'The license has to be started by the vendor first',
    code: 'entitlementNotStarted',
    remedy: 'contactVendor',
    button: 'Contact the vendor',
    explains: ['neverActivated'],
    plant: async ({ buy, services, productId }) => {
      const { code } = await buy({ plan: plan({ licenseStartType: 'ManualActivation' }) });
      await services().license.activate({ productId, code: typedCode(code) });
    },
  },
  {
    name: 'The subscription has ended, and the grace period runs',
    code: 'gracePeriod',
    remedy: 'renew',
    button: 'Renew',
    plant: async (world) => {
      await world.activate({ gracePeriod: { type: 'Day', count: 90 } });
      await later(world, 370 * DAY);
      must(await world.refresh());
    },
  },
  {
    name: 'The subscription ends in some days',
    code: 'entitlementEndsSoon',
    remedy: 'renew',
    button: 'Renew',
    plant: ({ activate }) =>
      activate({
        plan: plan({ licenseDuration: { type: 'Day', count: 20 } }),
        leasePeriod: { type: 'Day', count: 10 },
      }),
  },
  {
    name: 'The lease has ended',
    code: 'leaseExpired',
    remedy: 'refresh',
    button: 'Refresh',
    plant: async (world) => {
      await world.activate({ leasePeriod: { type: 'Day', count: 2 } });
      await later(world, 3 * DAY);
    },
  },
  {
    name: 'The lease has ended, and nobody answers at the address of the server',
    code: 'serverUnreachable',
    remedy: 'checkNetwork',
    button: null,
    explains: ['leaseExpired'],
    plant: async (world) => {
      await world.activate({ leasePeriod: { type: 'Day', count: 2 } });
      await later(world, 3 * DAY);
      world.front.set({ kind: 'shut' });
    },
  },
  {
    name: 'The lease ends in some hours',
    code: 'leaseEndsSoon',
    remedy: 'refresh',
    button: 'Refresh',
    plant: async (world) => {
      await world.activate({ leasePeriod: { type: 'Day', count: 1 } });
      await later(world, 0.9 * DAY);
    },
  },
  {
    name: 'Maintenance has ended',
    code: 'maintenanceExpired',
    remedy: 'renew',
    button: null,
    plant: ({ activate }) =>
      activate({
        hasMaintenance: true,
        maintenanceExpiryDate: new Date(Date.now() - 10 * DAY).toISOString(),
      }),
  },
  {
    name: 'Maintenance ends in some days',
    code: 'maintenanceEndsSoon',
    remedy: 'renew',
    button: null,
    plant: ({ activate }) =>
      activate({
        hasMaintenance: true,
        maintenanceExpiryDate: new Date(Date.now() + 10 * DAY).toISOString(),
      }),
  },
  {
    name: 'The answer to an activation was lost',
    code: 'activationInterrupted',
    remedy: 'activateAgain',
    button: 'Activate again',
    plant: async ({ buy, server, services, productId, restart }) => {
      const { code } = await buy();
      for (let call = 0; call < 8; call += 1) server.faults.next({ kind: 'cutAfter' }, 'activate');
      await services().license.activate({ productId, code: typedCode(code) });
      await restart();
    },
  },
  {
    name: 'The answer to a deactivation was lost',
    code: 'deactivationInterrupted',
    remedy: 'retry',
    button: 'Show license',
    plant: async ({ activate, server, services, productId, restart }) => {
      await activate();
      for (let call = 0; call < 8; call += 1) server.faults.next({ kind: 'cutBefore' }, 'deactivate');
      await services().license.deactivate(productId);
      await restart();
    },
  },
  {
    name: 'An offline request waits for its response',
    code: 'requestPending',
    remedy: 'finishOffline',
    button: 'Continue',
    explains: ['neverActivated'],
    plant: async ({ buy, services, productId }) => {
      const { code } = await buy();
      must(await services().offline.makeRequest({ productId, code: typedCode(code) }));
    },
  },
  {
    name: 'An offline deactivation was not handed to the portal',
    code: 'receiptPending',
    remedy: 'finishOffline',
    button: 'Continue',
    explains: ['deactivated'],
    plant: async (world) => {
      await activateOffline(world);
      must(await world.services().offline.deactivate(world.productId));
    },
  },
  {
    name: 'The license was activated offline',
    code: 'offlineLease',
    remedy: 'none',
    button: null,
    plant: activateOffline,
  },
  {
    name: 'The license file was deleted',
    code: 'licenseFileMissing',
    remedy: 'refresh',
    button: 'Refresh',
    plant: async ({ activate, dataDir, productId }) => {
      await activate();
      rmSync(path.join(dataDir, 'license-files', `${productId}.lic`));
    },
  },
  {
    name: 'The license file was signed with a key that the vendor has taken back',
    code: 'licenseFileInvalid',
    remedy: 'refresh',
    button: 'Refresh',
    plant: async ({ activate, setting, restart }) => {
      await activate();
      const { profile } = setting;
      const serverKeys = profile.serverKeys.map((key) =>
        key.use === 'sig' ? { ...key, x: Buffer.alloc(32, 7).toString('base64url') } : key,
      );
      setting.profile = { ...profile, serverKeys };
      await restart();
    },
  },
  {
    name: 'The license file has expired before the lease',
    code: 'licenseFileExpired',
    remedy: 'refresh',
    button: 'Refresh',
    plant: async (world) => {
      await world.activate({ leasePeriod: { type: 'Day', count: 60 } });
      await later(world, 20 * DAY);
    },
  },
];
