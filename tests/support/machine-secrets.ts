import './no-electron.ts';
import os from 'node:os';
import { commonSources } from '../../electron/fingerprint/common.ts';
import { nodeHost } from '../../electron/fingerprint/host.ts';
import { installId } from '../../electron/fingerprint/install-id.ts';
import { normalize } from '../../electron/fingerprint/normalize.ts';
import { platformOf } from '../../electron/fingerprint/platform.ts';
import { systemRandom } from '../../electron/platform/system.ts';
import { isLongEnough, type Secret } from './leaks.ts';

let ofThisMachine: Promise<readonly Secret[]> | null = null;

/**
 * What tells this machine and its user from others, as it is before it was made a digest of: serial numbers, hardware
 * address, ids, the name of the user and the path of the home. Only what can be read here, and what is too long to be
 * found by chance. The model of the processor is no secret.
 * @param dataDir where the installation has its own id
 */
export async function machineSecrets(dataDir: string): Promise<readonly Secret[]> {
  const id = await installId(dataDir, systemRandom).read();
  const installed: readonly Secret[] = id === null ? [] : [{ kind: 'install id', value: id }];
  return [...(await (ofThisMachine ??= readMachineOnce())), ...installed];
}

async function readMachineOnce(): Promise<readonly Secret[]> {
  const host = nodeHost();
  const sources = [...platformOf(host).sources, ...commonSources(host)].filter(({ name }) => name !== 'cpu');
  const factors = await Promise.all(
    sources.map(async ({ name, read }) => ({
      kind: `${name} of the machine`,
      value: normalize(await read()),
    })),
  );
  const { username, homedir } = os.userInfo();
  const found = [
    ...factors,
    ...factors.map(({ kind, value }) => ({ kind, value: value?.replaceAll(/[:.\s]/g, '') ?? null })),
    { kind: 'user name', value: username },
    { kind: 'home', value: homedir },
    { kind: 'home', value: os.homedir() },
  ];
  return found.flatMap(({ kind, value }) =>
    value === null || !isLongEnough(value) ? [] : [{ kind, value }],
  );
}
