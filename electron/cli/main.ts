import { createReadStream } from 'node:fs';
import path from 'node:path';
import { readProfile } from '../platform/read-profile.ts';
import { systemClock, systemRandom } from '../platform/system.ts';
import { NO_KEYRING } from '../ports.ts';
import { createLog } from '../support/log.ts';
import { runCli } from './run.ts';

/** The `latchkey` command in plain Node: no window, no keyring. */

declare const __APP_VERSION__: string;

async function readAtMost(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  clock: systemClock,
  random: systemRandom,
  keyring: NO_KEYRING,
  openLog: (dataDir) => createLog({ file: path.join(dataDir, 'logs', 'latchkey.log'), process: 'cli' }),
  readProfile,
  readStdin: (maxBytes) => readAtMost(process.stdin, maxBytes),
  readFile: (file, maxBytes) => readAtMost(createReadStream(file), maxBytes),
  version: __APP_VERSION__,
  systemLocale: new Intl.DateTimeFormat().resolvedOptions().locale,
});
