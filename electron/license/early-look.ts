import type { DeviceReader, Fingerprint, MachineKey } from '../fingerprint/types.ts';
import type { Result } from '../../shared/result.ts';
import type { Vault } from '../vault/types.ts';

/** What can be shown of a license now. */
export interface Look {
  readonly fingerprint: Fingerprint;
  readonly vault: Result<Vault>;
}

export interface EarlyLook {
  readonly look: () => Promise<Look>;
  readonly close: () => void;
}

/**
 * Lets a window look into the vault while the device is still being read, with the factors that are known by then.
 * A vault that was opened so is only read from: its key is made anew, and a seat taken, with the complete device alone.
 * @param open opens the vault with these keys
 * @param complete the vault that is opened with the complete device
 */
export function createEarlyLook(
  reader: Pick<DeviceReader, 'current' | 'isComplete'>,
  open: (machineKeys: readonly MachineKey[]) => Promise<Result<Vault>>,
  complete: () => Promise<Result<Vault>>,
): EarlyLook {
  const opened: Promise<Result<Vault>>[] = [];
  let early: { readonly known: number; readonly vault: Promise<Result<Vault>> } | null = null;

  /** Factors are only ever added, so their number tells whether more are known than before. */
  const withKeys = (machineKeys: readonly MachineKey[]): Promise<Result<Vault>> => {
    const known = machineKeys.length;
    if (early?.known === known) return early.vault;
    const vault = open(machineKeys);
    early = { known, vault };
    opened.push(vault);
    return vault;
  };

  return {
    look: async () => {
      const fingerprint = await reader.current();
      const vault = await (reader.isComplete() ? complete() : withKeys(fingerprint.machineKeys));
      return { fingerprint, vault };
    },
    close: () => {
      for (const vault of opened.splice(0)) void closeIt(vault);
    },
  };
}

async function closeIt(opening: Promise<Result<Vault>>): Promise<void> {
  const vault = await opening;
  if (vault.ok) vault.value.close();
}
