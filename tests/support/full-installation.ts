import './no-electron.ts';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { nodeHost } from '../../electron/fingerprint/host.ts';
import { installId } from '../../electron/fingerprint/install-id.ts';
import { readFingerprint } from '../../electron/fingerprint/read-fingerprint.ts';
import { systemRandom } from '../../electron/platform/system.ts';
import { SILENT } from '../../electron/support/log.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { fillVault } from './full-vault.ts';
import { open } from './vault.ts';

/** An installation of this machine with every kind of secret in its vault, gone when the test is over. */
export async function fullInstallation(profile: Pick<VendorProfile, 'fingerprint'>, productId: string) {
  const parent = mkdtempSync(path.join(tmpdir(), 'latchkey-full-'));
  onTestFinished(() => {
    rmSync(parent, { recursive: true, force: true });
  });
  const dataDir = path.join(parent, 'data');
  for (const name of ['logs', 'crashes']) mkdirSync(path.join(dataDir, name), { recursive: true });
  await installId(dataDir, systemRandom).ensure();
  const { salt } = profile.fingerprint;
  const device = { salt, dataDir, random: systemRandom, log: SILENT, host: nodeHost() };
  const { machineKeys } = await readFingerprint(device);
  const vault = await open(path.join(dataDir, 'vault'), { machineKeys });
  const filled = await fillVault(vault, productId);
  vault.close();
  return { parent, dataDir, filled };
}
