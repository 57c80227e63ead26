import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NO_KEYRING } from '../../../electron/ports.ts';
import { vaultFiles, type VaultFiles } from '../../../electron/vault/files.ts';
import { failure } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';
import { fakeKeyring } from '../../support/fake-keyring.ts';
import type { PlantedFault } from './fault.ts';
import { must, type World } from './world.ts';

/** The vault, its key, the folders, and whoever else is in them. */

const vaultOf = ({ dataDir }: World) => path.join(dataDir, 'vault');

/** From here on the medium fails. A disk that is full, or gone, can't be had in a test without privileges. */
async function failingMedium(
  world: World,
  change: (files: VaultFiles) => Partial<VaultFiles>,
): Promise<void> {
  const files = vaultFiles(vaultOf(world));
  world.setting.parts = { vault: { files: { ...files, ...change(files) } } };
  await world.restart();
}

/** Takes the lock in another process, until the world ends. */
async function holdLock(world: World): Promise<void> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'lock-child.ts'), vaultOf(world)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await world.keep(
    Promise.resolve({
      close: async () => {
        child.stdin.end();
        await once(child, 'close');
      },
    }),
  );
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  if (said.toString() !== 'held\n') throw new Error(`the lock was not taken: ${said.toString()}`);
}

export const STORAGE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'The record of the license and its copy are overwritten',
    code: 'vaultDamaged',
    remedy: 'activateAgain',
    button: 'Activate again',
    plant: async (world) => {
      await world.activate();
      world.overwrite(/^prod_/, 'x');
      await world.restart();
    },
  },
  {
    name: 'The record of the license is overwritten, its copy is whole',
    code: 'vaultRecovered',
    remedy: 'none',
    button: null,
    plant: async (world) => {
      await world.activate();
      world.overwrite(/^prod_[A-Za-z0-9]+\.json$/, 'x');
      await world.restart();
    },
  },
  {
    name: 'Everybody may write to the folder of the vault',
    code: 'vaultUnsafe',
    remedy: 'fixStorage',
    button: 'Try again',
    plant: async (world) => {
      await world.activate();
      chmodSync(vaultOf(world), 0o777);
      await world.restart();
    },
  },
  {
    name: 'The key file was written by a later version',
    code: 'vaultNewer',
    remedy: 'updateApplication',
    button: 'Get the update',
    plant: async (world) => {
      await world.activate();
      // Of a form that is not invented yet, but for the version, which every form begins with.
      world.overwrite(/^keys/, JSON.stringify({ v: 99, provider: 'later' }));
      await world.restart();
    },
  },
  {
    name: 'The medium is read-only',
    code: 'vaultReadOnly',
    remedy: 'fixStorage',
    button: null,
    plant: async (world) => {
      await world.activate();
      const refuse = () => Promise.resolve(err(failure('vaultReadOnly', { system: 'EROFS' })));
      await failingMedium(world, () => ({ prepare: refuse, save: refuse }));
      await world.refresh();
    },
  },
  {
    name: 'The medium is full',
    code: 'vaultDiskFull',
    remedy: 'fixStorage',
    button: null,
    plant: async (world) => {
      await world.activate();
      const refuse = () => Promise.resolve(err(failure('vaultDiskFull', { system: 'ENOSPC' })));
      await failingMedium(world, () => ({ save: refuse }));
      await world.refresh();
    },
  },
  {
    name: 'The medium does not give the files back',
    code: 'vaultStorageFailed',
    remedy: 'fixStorage',
    button: 'Try again',
    plant: async (world) => {
      await world.activate();
      const error = failure('vaultStorageFailed', { system: 'EIO' });
      await failingMedium(world, () => ({ load: () => Promise.resolve({ kind: 'unreadable', error }) }));
    },
  },
  {
    name: 'The keyring that guards the key is away',
    code: 'vaultUnavailable',
    remedy: 'unlockKeyring',
    button: 'Try again',
    plant: async (world) => {
      await world.activate();
      // The key moves into the keyring with the next use, and leaves its first place with the one after.
      for (const _ of ['moves', 'leaves']) {
        await world.restart();
        must(await world.refresh());
      }
      world.setting.keyring = NO_KEYRING;
      await world.restart();
    },
  },
  {
    name: 'There is no keyring',
    code: 'keyringWeak',
    remedy: 'none',
    button: null,
    plant: async (world) => {
      world.setting.keyring = NO_KEYRING;
      await world.restart();
      await world.activate();
    },
  },
  {
    name: 'The system has another keyring than before',
    code: 'keyringChanged',
    remedy: 'none',
    button: null,
    plant: async (world) => {
      await world.activate();
      world.setting.keyring = fakeKeyring('kwallet6');
      await world.restart();
    },
  },
  {
    name: 'An earlier state of the vault was put back',
    code: 'vaultRolledBack',
    remedy: 'refresh',
    button: 'Refresh',
    plant: async (world) => {
      await world.activate();
      const putBack = world.keepCopy(vaultOf(world));
      must(await world.refresh());
      putBack();
      await world.restart();
    },
  },
  {
    name: 'An earlier state of the vault was put back, and the server was asked with it',
    code: 'vaultOutdated',
    remedy: 'activateAgain',
    button: 'Activate again',
    plant: async (world) => {
      await world.activate();
      const putBack = world.keepCopy(vaultOf(world));
      must(await world.refresh());
      putBack();
      await world.restart();
      await world.refresh();
    },
  },
  {
    name: 'Another process keeps the vault locked',
    code: 'vaultLockTimeout',
    remedy: 'retry',
    button: null,
    plant: async (world) => {
      await world.activate();
      await holdLock(world);
    },
  },
  {
    name: 'A file lies where the folder of the license files belongs',
    code: 'licenseFolderBarred',
    remedy: 'fixStorage',
    button: null,
    explains: ['licenseFileMissing'],
    plant: async (world) => {
      await world.activate();
      const folder = path.join(world.dataDir, 'license-files');
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    },
  },
];
