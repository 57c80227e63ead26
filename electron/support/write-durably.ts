import { open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { systemCode } from './read-text.ts';

/**
 * Writes a file and resolves when it is on the medium: the stick that it is saved on may be pulled out the moment the
 * user is told that it is done. What was there before stays if it fails. Rejects with the system's error.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  // The user chose the place, so a link in it is meant.
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => null);
  // A terminal or a pipe takes what it is given; nothing there can be replaced.
  if (found !== null && !found.isFile()) return write(await open(target, 'w'), content);
  const staging = `${target}.part-${process.pid}`;
  let handle: FileHandle;
  try {
    handle = await open(staging, 'wx', found === null ? 0o666 : found.mode & 0o777);
  } catch (error) {
    // Where only the file itself may be written, it is written as it lies there.
    if (found === null || !['EACCES', 'EPERM'].includes(systemCode(error))) throw error;
    return write(await open(target, 'w'), content);
  }
  try {
    await write(handle, content);
    await rename(staging, target);
  } catch (error) {
    await unlink(staging).catch(() => undefined);
    throw error;
  }
}

async function write(handle: FileHandle, content: string | Uint8Array): Promise<void> {
  try {
    await handle.writeFile(content);
    await handle.sync().catch((error: unknown) => {
      // A pipe or a terminal has no medium.
      if (systemCode(error) !== 'EINVAL') throw error;
    });
  } finally {
    await handle.close();
  }
}
