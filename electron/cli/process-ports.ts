import { readMachine } from '../platform/machine.ts';
import { policySource } from '../platform/managed-settings-file.ts';
import { programFacts } from '../platform/program-facts.ts';
import { readProfile } from '../platform/read-profile.ts';
import { systemClock, systemPlatform, systemRandom } from '../platform/system.ts';
import { witnessFolder } from '../platform/witness-folder.ts';
import { createLog, logFileOf } from '../support/log.ts';
import { firstBytes, readAtMost } from '../support/read-text.ts';
import { writeDurably } from '../support/write-durably.ts';
import { askSecret } from './ask-secret.ts';
import type { CliPorts } from './ports.ts';

/** What the command line gets of the present process; the rest differs between plain Node and Electron. */
export function processPorts(
  rest: Pick<CliPorts, 'keyring' | 'network' | 'version' | 'systemLocale' | 'installed' | 'openBrowser'>,
): CliPorts {
  return {
    ...rest,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    clock: systemClock,
    random: systemRandom,
    platform: systemPlatform,
    program: programFacts('command', rest.installed !== undefined),
    machine: readMachine(),
    witnessFolder,
    openLog: (dataDir) => createLog({ file: logFileOf(dataDir), process: 'cli' }),
    policy: (id) => policySource(id, { isPackaged: rest.installed !== undefined }),
    readProfile,
    readStdin: (maxBytes) => firstBytes(process.stdin, maxBytes),
    askSecret:
      process.stdin.isTTY && process.stderr.isTTY
        ? (question) => askSecret(question, { input: process.stdin, output: process.stderr })
        : undefined,
    readFile: readAtMost,
    writeFile: writeDurably,
    untilInterrupted: (milliseconds, callback) =>
      new Promise((resolve) => {
        const timer = setInterval(callback, milliseconds);
        process.once('SIGINT', () => {
          clearInterval(timer);
          resolve();
        });
      }),
  };
}
