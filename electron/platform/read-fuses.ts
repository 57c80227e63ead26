import { open } from 'node:fs/promises';
import path from 'node:path';
import { FUSE_SENTINEL, LONGEST_WIRE, wireAt } from '../support/fuse-policy.ts';

/** Bytes that are in memory at once; a binary of Electron has nearly two hundred million. */
const CHUNK = 1024 * 1024;
/** A larger file is none of Electron's. */
const LARGEST = 1024 * 1024 * 1024;
/** Milliseconds: a disk that takes longer is not worth the wait of who asks why a license is not active. */
const PATIENCE = 2000;

const OVERLAP = FUSE_SENTINEL.length + 2 + LONGEST_WIRE;

/**
 * The switches that are set in a binary of Electron, one text of `0`, `1` and others for each place that has them: a
 * universal binary has two. Empty where there are none, or where they end before they are complete.
 * (@electron/fuses reads them too, but the whole file into memory, and it is a tool of the build.)
 * @throws what the file system throws, and the signal's reason
 */
export async function readFuses(file: string, signal: AbortSignal): Promise<readonly string[]> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const wires = new Map<number, string>();
    const buffer = Buffer.alloc(CHUNK + OVERLAP);
    for (let start = 0; start < Math.min(size, LARGEST); start += CHUNK) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
      const bytes = buffer.subarray(0, bytesRead);
      for (let at = bytes.indexOf(FUSE_SENTINEL); at >= 0; at = bytes.indexOf(FUSE_SENTINEL, at + 1)) {
        const wire = wireAt(bytes, at + FUSE_SENTINEL.length);
        if (wire !== null) wires.set(start + at, wire);
      }
    }
    return [...wires.values()];
  } finally {
    await handle.close();
  }
}

/** The fuses of the program that runs; null where they can't be read, or not in time. */
export async function ownFuses(signal: AbortSignal): Promise<readonly string[] | null> {
  try {
    return await readFuses(binaryOf(process.execPath, process.platform), withPatience(signal));
  } catch {
    return null;
  }
}

const withPatience = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);

/** Where Electron itself is: on macOS the program is a small file that loads it. */
function binaryOf(program: string, platform: NodeJS.Platform): string {
  if (platform !== 'darwin') return program;
  const framework = 'Electron Framework.framework';
  return path.resolve(program, '../../Frameworks', framework, 'Electron Framework');
}
