import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Copies a folder as it is now.
 * @returns puts the copy in its place again, as somebody does who restores a backup or who cheats
 */
export function keepCopy(folder: string): () => void {
  const copy = mkdtempSync(join(tmpdir(), 'latchkey-copy-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  return () => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(copy, folder, { recursive: true, mode: 0 });
  };
}
