import { foldersOf } from './folders.ts';
import type { Host } from './fingerprint/host.ts';
import { createDeviceReader } from './fingerprint/read-fingerprint.ts';
import type { DeviceReader, MachineKey } from './fingerprint/types.ts';
import { createEarlyLook, type EarlyLook } from './license/early-look.ts';
import type { ServiceOptions } from './services.ts';
import { once } from './support/once.ts';
import type { Vault } from './vault/types.ts';
import { openVault, type VaultParts } from './vault/vault.ts';

/** This device and the vault on it. */
export interface OpenedInstallation {
  readonly reader: DeviceReader;
  /** Opened with the complete device at the first call. */
  readonly vault: ReturnType<typeof once<Vault>>;
  readonly look: EarlyLook['look'];
  /** Nobody waits for the hardware of a program that ends. */
  readonly close: () => Promise<void>;
}

/** Joins device and vault. Reads and opens nothing yet: each is done once, when it is first needed. */
export function openInstallation(
  options: ServiceOptions,
  parts: { readonly host?: Host | undefined; readonly vault?: Partial<VaultParts> | undefined },
): OpenedInstallation {
  const { profile, dataDir, witnessDir, keyring, clock, random, log } = options;
  const reader = createDeviceReader({
    salt: profile.fingerprint.salt,
    dataDir,
    random,
    log,
    host: parts.host,
  });
  const openWith = (machineKeys: readonly MachineKey[]) =>
    openVault(
      { dir: foldersOf(dataDir).vault, witnessDir, keyring, machineKeys, clock, random, log },
      parts.vault,
    );
  const vault = once(async () => openWith((await reader.complete()).machineKeys));
  const early = createEarlyLook(reader, openWith, vault);
  return {
    reader,
    vault,
    look: early.look,
    close: async () => {
      reader.stop();
      early.close();
      if (!vault.started()) return;
      const opened = await vault();
      if (opened.ok) opened.value.close();
    },
  };
}
