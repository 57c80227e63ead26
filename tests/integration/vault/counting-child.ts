import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { err } from '../../../shared/result.ts';
import { failure } from '../../../shared/errors.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { openVault } from '../../../electron/vault/vault.ts';

/**
 * A process that counts up in the vault until it is told to stop or killed. Prints `+` for each count that it was
 * told is durable, and `!` with a reason for whatever must not happen.
 *
 * Arguments: folder of the vault, folder for the marker that shows two processes inside at once.
 */
const [dir = '', marks = ''] = process.argv.slice(2);
const marker = join(marks, 'inside');
const counter = v.strictObject({ count: v.number() });

const stopping = new AbortController();
process.stdin.on('data', () => {
  stopping.abort();
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Shows that we are inside; tells of another living process that is, too. */
function enter(): void {
  try {
    const file = openSync(marker, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
  } catch {
    const other = Number(readFileSync(marker, 'utf8'));
    if (other !== process.pid && other > 0 && isAlive(other)) process.stdout.write(`! two inside\n`);
    rmSync(marker, { force: true });
    enter();
  }
}

const opened = await openVault({
  dir,
  keyring: NO_KEYRING,
  machineKeys: [{ name: 'machineId', material: new Uint8Array(32).fill(1) }],
  clock: systemClock,
  random: systemRandom,
  log: SILENT,
});
if (!opened.ok) throw new Error(opened.error.code);
const vault = opened.value;
while (!stopping.signal.aborted) {
  const written = await vault.withLock(
    async (transaction) => {
      enter();
      const found = await transaction.read('device', counter);
      if (!found.ok) return found;
      const result = await transaction.write(
        'device',
        { count: (found.value?.value.count ?? 0) + 1 },
        found.value?.revision ?? 0,
      );
      rmSync(marker, { force: true });
      return result.ok && result.value !== (found.value?.revision ?? 0) + 1
        ? err(failure('internal'))
        : result;
    },
    { timeoutMs: 30_000 },
  );
  process.stdout.write(written.ok ? '+\n' : `! ${written.error.code}\n`);
}
process.exit(0);
