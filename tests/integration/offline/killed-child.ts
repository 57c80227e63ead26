import { readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { assembleEngine } from '../../support/engine.ts';
import type { LicensingApi } from '../../../electron/api/client.ts';
import { createLicenseFileService } from '../../../electron/license-file/service.ts';
import { openLicenseFiles } from '../../../electron/license-file/store.ts';
import { createOfflineService } from '../../../electron/offline/service.ts';
import { vaultFiles } from '../../../electron/vault/files.ts';
import type { Fingerprint } from '../../../electron/fingerprint/types.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/**
 * A process that carries one offline operation out and dies at one of its writes, as by the power switch. Prints the
 * name of each write before it is made, and `done` at the end if it got there.
 *
 * Arguments: a file with `Orders` as JSON.
 */
export interface Orders {
  readonly dataDir: string;
  readonly profile: VendorProfile;
  /** The material of its machine keys in base64. */
  readonly fingerprint: unknown;
  readonly productId: string;
  readonly verb: 'request' | 'import' | 'deactivate';
  /** The token to import, or the code to ask with. */
  readonly text: string;
  /** Which write, from 1, and on which side of it; null = live. */
  readonly dieAt: { readonly write: number; readonly side: 'before' | 'after' } | null;
}

const isOrders = v.custom<Orders>((value) => typeof value === 'object' && value !== null);
const orders = v.parse(isOrders, JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const { dataDir, profile, productId, verb, text, dieAt } = orders;

let writes = 0;
async function counted<T>(name: string, write: () => Promise<T>): Promise<T> {
  writes += 1;
  writeSync(1, `${name}\n`);
  const mine = dieAt?.write === writes ? dieAt.side : null;
  if (mine === 'before') process.kill(process.pid, 'SIGKILL');
  const outcome = await write();
  if (mine === 'after') process.kill(process.pid, 'SIGKILL');
  return outcome;
}

const files = vaultFiles(path.join(dataDir, 'vault'));
const licenseFiles = openLicenseFiles(path.join(dataDir, 'license-files'));

function fingerprintOf(value: unknown): Fingerprint {
  const parsed = v.parse(
    v.looseObject({ machineKeys: v.array(v.looseObject({ material: v.string() })) }),
    value,
  );
  const machineKeys = parsed.machineKeys.map((key) => ({
    ...key,
    material: new Uint8Array(Buffer.from(key.material, 'base64')),
  }));
  const whole: unknown = { ...parsed, machineKeys };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it comes from the test that started this
  return whole as Fingerprint;
}

const engine = assembleEngine({
  dataDir,
  profile,
  fingerprint: fingerprintOf(orders.fingerprint),
  // No offline verb may use the network.
  api: new Proxy({} as LicensingApi, {
    get: () => {
      throw new Error('a call was made');
    },
  }),
  parts: {
    files: {
      ...files,
      save: (name, value) => counted(`save ${name}`, () => files.save(name, value)),
      remove: (name) => counted(`remove ${name}`, () => files.remove(name)),
      setAside: (name, stamp) => counted(`set aside ${name}`, () => files.setAside(name, stamp)),
    },
  },
});
const offline = createOfflineService(engine);
const licenseFile = createLicenseFileService(engine, {
  ...licenseFiles,
  put: (id, content) => counted('place', () => licenseFiles.put(id, content)),
});

function carryOut(): Promise<Result<unknown>> {
  switch (verb) {
    case 'request':
      return offline.makeRequest({ productId, code: typedCode(text) });
    case 'import':
      return offline.importToken(text);
    case 'deactivate':
      return offline.deactivate(productId);
  }
}

const outcome = await carryOut();
// As the application does it after each of them.
await licenseFile.sync(productId);
writeSync(1, outcome.ok ? 'done\n' : `${outcome.error.code}\n`);
process.exit(0);
