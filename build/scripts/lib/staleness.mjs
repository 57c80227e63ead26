import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Tells whether an output is older than what it was made from, by size and time of every input. Contents are not
 * read: this runs before every `latchkey` command.
 *
 * @typedef {{ readonly name: string, readonly output: string, readonly inputs: readonly string[] }} Made
 */

/**
 * @param {string} root
 * @param {string} relative
 * @param {readonly string[]} ignored
 * @param {string[]} lines
 */
function collect(root, relative, ignored, lines) {
  if (ignored.includes(relative)) return;
  const stats = statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    lines.push(`${relative} ${stats.size} ${stats.mtimeMs}`);
    return;
  }
  for (const name of readdirSync(path.join(root, relative)).toSorted()) {
    // Dot files are an editor's own.
    if (!name.startsWith('.')) collect(root, `${relative}/${name}`, ignored, lines);
  }
}

/**
 * @param {string} root absolute path
 * @param {readonly string[]} inputs files and folders, relative to the root
 * @param {readonly string[]} [ignored] paths below the inputs that don't count
 * @returns {string} changes when a file is added, removed or written
 */
export function fingerprint(root, inputs, ignored = []) {
  /** @type {string[]} */
  const lines = [];
  for (const input of inputs) collect(root, input, ignored, lines);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** @param {string} root @param {string} name */
const stampFile = (root, name) => path.join(root, '.cache/build', `${name}.stamp`);

/** @param {string} root @param {Made} made @param {string} current what fingerprint() gave */
export function isStale(root, made, current) {
  if (!existsSync(path.join(root, made.output))) return true;
  try {
    return readFileSync(stampFile(root, made.name), 'utf8') !== current;
  } catch {
    return true;
  }
}

/**
 * To be given the fingerprint from before the work, so that a file edited meanwhile is stale again.
 *
 * @param {string} root @param {Made} made @param {string} before
 */
export function markMade(root, made, before) {
  mkdirSync(path.join(root, '.cache/build'), { recursive: true });
  writeFileSync(stampFile(root, made.name), before);
}
