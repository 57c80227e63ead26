import { existsSync } from 'node:fs';
import path from 'node:path';

/** @param {readonly string[]} names @returns {string | null} absolute path of the first on PATH */
export function findOnPath(names) {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find((file) => existsSync(file)) ?? null;
}
