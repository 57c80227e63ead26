import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../ports.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The random id in the data folder, the last resort of the fingerprint. */
export interface InstallId {
  /** null = there is none, or it can't be read. */
  readonly read: () => Promise<string | null>;
  /** Makes it if it isn't there; null = the folder can't be written to. */
  readonly ensure: () => Promise<string | null>;
}

export function installId(dataDir: string, random: Random): InstallId {
  const path = join(dataDir, 'install-id');
  const read = async (): Promise<string | null> => {
    try {
      const text = (await readFile(path, 'utf8')).trim();
      return UUID.test(text) ? text : null;
    } catch {
      return null;
    }
  };
  const ensure = async (): Promise<string | null> => {
    const existing = await read();
    if (existing !== null) return existing;
    try {
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      // `wx`: of two processes that start at once, one makes it and both read the same.
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(random.uuid());
        await file.sync();
      } finally {
        await file.close();
      }
    } catch {
      // It exists by now, or can't be made: reading tells which.
    }
    return read();
  };
  return { read, ensure };
}
