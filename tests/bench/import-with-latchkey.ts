import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as v from 'valibot';
import { systemClock, systemRandom } from '../../electron/platform/system.ts';
import { NO_KEYRING } from '../../electron/ports.ts';
import { SILENT } from '../../electron/support/log.ts';
import { openVault } from '../../electron/vault/vault.ts';
import { err } from '../../shared/result.ts';
import type { Material } from './material.ts';
import { run as open } from './open-with-latchkey.ts';
import { temporaryFolder } from './temporary-folder.ts';

const RECORD = 'prod_0000000000000000000001';
const schema = v.strictObject({ token: v.string() });

const vault = openVault({
  dir: path.join(temporaryFolder(), 'vault'),
  keyring: NO_KEYRING,
  machineKeys: [{ name: 'board', material: new Uint8Array(randomBytes(32)) }],
  clock: systemClock,
  random: systemRandom,
  log: SILENT,
});

/** Opens the response and stores what came with it in the vault, under its lock; throws unless all of it went well. */
export async function run(material: Material): Promise<void> {
  open(material);
  const opened = await vault;
  const stored = opened.ok
    ? await opened.value.withLock(async (transaction) => {
        const before = await transaction.read(RECORD, schema);
        if (!before.ok) return err(before.error);
        return transaction.write(RECORD, { token: material.token }, before.value?.revision ?? 0);
      })
    : opened;
  if (!stored.ok) throw new Error(stored.error.code);
}
