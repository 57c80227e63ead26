import './no-electron.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { identitiesName, IMPORTED } from '../../electron/certificate/records.ts';
import { nodeHost } from '../../electron/fingerprint/host.ts';
import { readFingerprint } from '../../electron/fingerprint/read-fingerprint.ts';
import type { Fingerprint } from '../../electron/fingerprint/types.ts';
import { foldersOf } from '../../electron/folders.ts';
import { journalName } from '../../electron/license/records.ts';
import { systemClock, systemRandom } from '../../electron/platform/system.ts';
import { NO_KEYRING } from '../../electron/ports.ts';
import { SILENT } from '../../electron/support/log.ts';
import { openKeyFile } from '../../electron/vault/key-file.ts';
import { PROXY_LOGINS } from '../../electron/vault/names.ts';
import { openVault } from '../../electron/vault/vault.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { isLongEnough, type Secret } from './leaks.ts';

type MachineKeys = Fingerprint['machineKeys'];

/**
 * Every secret of an installation, as far as its vault opens on this machine without a keyring: read as it is now,
 * whoever else has it open, and nothing is written. Goes by the names of fields and not by what the product itself
 * knows to be secret, which is what is to be tested.
 */
export async function installationSecrets(
  dataDir: string,
  profile: Pick<VendorProfile, 'fingerprint' | 'products'>,
): Promise<readonly Secret[]> {
  const { machineKeys } = await readFingerprint({
    salt: profile.fingerprint.salt,
    dataDir,
    random: systemRandom,
    log: SILENT,
    host: nodeHost(),
  });
  return [
    ...machineKeys.map(({ material }) => ({ kind: 'key material of the device', value: material })),
    ...(await vaultKey(dataDir, machineKeys)),
    ...(await vaultSecrets(dataDir, machineKeys, profile)),
  ];
}

async function vaultKey(dataDir: string, machineKeys: MachineKeys): Promise<readonly Secret[]> {
  const file = jsonIn(path.join(foldersOf(dataDir).vault, 'keys.json'));
  const ring = { keyring: NO_KEYRING, strong: false, backend: 'none' };
  const opened = await openKeyFile(file, machineKeys, ring);
  return opened.ok ? [{ kind: 'vault key', value: Uint8Array.from(opened.value.key) }] : [];
}

async function vaultSecrets(
  dataDir: string,
  machineKeys: MachineKeys,
  { products }: Pick<VendorProfile, 'products'>,
): Promise<readonly Secret[]> {
  const vault = await openVault({
    dir: foldersOf(dataDir).vault,
    keyring: NO_KEYRING,
    machineKeys,
    clock: systemClock,
    random: systemRandom,
    log: SILENT,
  });
  if (!vault.ok) return [];
  const names = [
    PROXY_LOGINS,
    IMPORTED,
    ...products.flatMap(({ productId }) => [productId, journalName(productId), identitiesName(productId)]),
  ];
  const records = await Promise.all(names.map((name) => vault.value.read(name, v.unknown())));
  vault.value.close();
  return records.flatMap((record) =>
    record.ok && record.value !== null ? secretsIn(record.value.value) : [],
  );
}

/** By the name of the field. */
const KINDS: Readonly<Record<string, string>> = {
  code: 'activation code',
  accessToken: 'access token',
  nonce: 'nonce',
  token: 'offline token',
  password: 'password',
  subject: 'account',
  username: 'account',
  seatName: 'seat name',
};

function secretsIn(value: unknown, name = ''): readonly Secret[] {
  if (typeof value === 'string') return ofField(name, value).filter((secret) => isLongEnough(secret.value));
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, child]) => secretsIn(child, member));
}

function ofField(name: string, value: string): readonly Secret[] {
  const kind = KINDS[name];
  if (kind !== undefined) return [{ kind, value }];
  if (name === 'sign' || name === 'encrypt') {
    return [{ kind: 'device key', value: Buffer.from(value, 'base64url') }];
  }
  // Line by line, since nobody can say what stands between them elsewhere; the last one may be too short.
  if (!value.includes('PRIVATE KEY-----')) return [];
  const body = value.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return body.map((line) => ({ kind: 'certificate key', value: line }));
}

/** What a file says; nothing where it can't be read. */
function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
