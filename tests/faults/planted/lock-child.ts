import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { acquireLock } from '../../../electron/vault/lock.ts';
import { lockFiles } from '../../../electron/vault/lock-files.ts';
import { localProcesses } from '../../../electron/vault/process-identity.ts';

/* Another process of the same user, which takes the lock of a vault and keeps it until its input ends. */

const [, , dir = ''] = process.argv;
const held = await acquireLock(
  {
    files: lockFiles(dir),
    processes: localProcesses(),
    clock: systemClock,
    random: systemRandom,
    log: SILENT,
  },
  5000,
);
process.stdout.write(held.ok ? 'held\n' : `${held.error.code}\n`);
process.stdin.resume();
