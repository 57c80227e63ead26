import path from 'node:path';

/** The repository's folder: absolute, wherever a script was called from. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** @param {readonly string[]} parts */
export const inRoot = (...parts) => path.join(ROOT, ...parts);
