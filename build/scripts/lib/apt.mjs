import { findOnPath } from './find-on-path.mjs';
import { run } from './run.mjs';

/** On Debian's kind as root the distribution's packages come with every library they need. */
export const canUseApt = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && findOnPath(['apt-get']) !== null;

/**
 * Installs packages of the distribution. Output goes to stderr.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether they are there now
 */
export async function installWithApt(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // Another installation on this machine may be running.
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  const install = [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...packages];
  if ((await run('apt-get', install, { env })) === 0) return true;
  // A fresh machine has no package lists, or old ones.
  const update = await run('apt-get', [...wait, 'update', '-qq'], { env });
  return update === 0 && (await run('apt-get', install, { env })) === 0;
}
