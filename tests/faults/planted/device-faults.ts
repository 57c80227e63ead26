import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readFuses } from '../../../electron/platform/read-fuses.ts';
import { fuseWire, PACKAGED_WIRE } from '../../support/fuse-wire.ts';
import type { Machine } from '../../unit/fingerprint/fake-host.ts';
import { LINUX_DESKTOP, LINUX_LAPTOP } from '../../unit/fingerprint/machines.ts';
import type { PlantedFault } from './fault.ts';
import type { World } from './world.ts';

/** The device, its clock, and what its administrator has decided. */

const DAY = 24 * 60 * 60_000;

const VIRTUAL: Machine = {
  ...LINUX_DESKTOP,
  files: { ...LINUX_DESKTOP.files, '/sys/class/dmi/id/sys_vendor': 'QEMU\n' },
};

async function moveTo({ setting, restart }: World, machine: Machine): Promise<void> {
  setting.machine = machine;
  await restart();
}

/** Puts a policy where the administrator's would be. */
async function obey({ setting, restart }: World, text: string): Promise<void> {
  setting.policy = { stamp: () => 'planted', read: () => ({ kind: 'text', text }) };
  await restart();
}

/** Runs from a binary in which somebody has switched the check of the archive off. */
async function runAltered({ dataDir, setting, restart }: World): Promise<void> {
  const file = path.join(dataDir, '..', 'electron');
  writeFileSync(file, fuseWire(PACKAGED_WIRE.replace('11', '01')));
  setting.program = {
    process: 'window',
    host: 'electron',
    runtime: process.versions.node,
    browserEngine: null,
    packaged: true,
    sandboxed: true,
    fuses: (signal) => readFuses(file, signal),
  };
  await restart();
}

export const DEVICE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'The data folder was carried to other hardware',
    code: 'deviceChanged',
    remedy: 'activateAgain',
    button: 'Activate again',
    plant: async (world) => {
      await world.activate();
      await moveTo(world, LINUX_LAPTOP);
    },
  },
  {
    name: 'The system disk was exchanged',
    code: 'deviceDrifted',
    remedy: 'none',
    button: null,
    plant: async (world) => {
      await world.activate();
      await moveTo(world, {
        ...LINUX_DESKTOP,
        files: {
          ...LINUX_DESKTOP.files,
          '/run/udev/data/b8:0': 'E:ID_SERIAL=Another_Disk_0001\nE:ID_SERIAL_SHORT=0001ANOTHER\n',
        },
      });
    },
  },
  {
    name: 'Nothing of the device can be read',
    code: 'deviceUnread',
    remedy: 'retry',
    button: 'Try again',
    plant: async (world) => {
      await world.activate();
      await moveTo(world, { platform: 'linux', machineId: null, cpu: null });
    },
  },
  {
    name: 'The license is used in a virtual machine, which the vendor forbids',
    code: 'virtualMachineForbidden',
    remedy: 'contactVendor',
    button: 'Contact the vendor',
    plant: async (world) => {
      await world.activate();
      const { setting } = world;
      setting.profile = {
        ...setting.profile,
        fingerprint: { ...setting.profile.fingerprint, virtualMachines: 'forbidden' },
      };
      await moveTo(world, VIRTUAL);
    },
  },
  {
    name: 'The license is used in a virtual machine, which the vendor allows',
    code: 'virtualMachineDetected',
    remedy: 'none',
    button: null,
    plant: async (world) => {
      await moveTo(world, VIRTUAL);
      await world.activate();
    },
  },
  {
    name: 'The image of the system was copied without a machine id of its own',
    code: 'clonedImageSuspected',
    remedy: 'askAdministrator',
    button: 'Copy details',
    plant: async (world) => {
      await moveTo(world, {
        ...LINUX_DESKTOP,
        files: { ...LINUX_DESKTOP.files, '/etc/machine-id': 'uninitialized\n' },
      });
      await world.activate();
    },
  },
  {
    name: 'The clock is set back by two days',
    code: 'clockRolledBack',
    remedy: 'setClock',
    button: null,
    plant: async ({ activate, setting, restart }) => {
      await activate();
      setting.clockOffset = -2 * DAY;
      await restart();
    },
  },
  {
    name: 'The clock runs in a year to come, by which certificate, lease and subscription look over',
    code: 'clockAhead',
    remedy: 'setClock',
    button: null,
    explains: ['certificateExpired', 'leaseExpired', 'entitlementExpired'],
    plant: async ({ activate, setting, restart, server }) => {
      await activate();
      setting.clockOffset = 400 * DAY;
      await restart();
      await server.setCertificate('expired');
    },
  },
  {
    name: 'The program was changed: its archive is not verified any more',
    code: 'programAltered',
    remedy: 'contactVendor',
    button: 'Contact the vendor',
    plant: async (world) => {
      await world.activate();
      await runAltered(world);
    },
  },
  {
    name: 'The policy file of the administrator is no JSON',
    code: 'policyInvalid',
    remedy: 'askAdministrator',
    button: 'Copy details',
    plant: async (world) => {
      await world.activate();
      await obey(world, '{');
    },
  },
  {
    name: 'The administrator has denied to deactivate',
    code: 'deniedByPolicy',
    remedy: 'none',
    button: null,
    plant: async (world) => {
      await world.activate();
      await obey(world, JSON.stringify({ policyVersion: 1, deny: ['deactivate'] }));
    },
  },
];
