import { createReadStream } from 'node:fs';
import path from 'node:path';
import { readProfile } from '../platform/read-profile.ts';
import { systemClock, systemRandom } from '../platform/system.ts';
import { createLog } from '../support/log.ts';
import { writeDurably } from '../support/write-durably.ts';
import type { CliPorts } from './ports.ts';

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

/** What the command line gets of the present process; the rest differs between plain Node and Electron. */
export function processPorts(
  rest: Pick<CliPorts, 'keyring' | 'version' | 'systemLocale' | 'installed'>,
): CliPorts {
  return {
    ...rest,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    clock: systemClock,
    random: systemRandom,
    openLog: (dataDir) => createLog({ file: path.join(dataDir, 'logs', 'latchkey.log'), process: 'cli' }),
    readProfile,
    readStdin: (maxBytes) => readAtMost(process.stdin, maxBytes),
    readFile: (file, maxBytes) => readAtMost(createReadStream(file), maxBytes),
    writeFile: writeDurably,
  };
}
