import { open } from 'node:fs/promises';

/**
 * Writes a file and resolves when it is on the medium: the stick that it is saved on may be pulled out the moment the
 * user is told that it is done. Rejects with the system's error.
 */
export async function writeDurably(path: string, content: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
