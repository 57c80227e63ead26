import './no-electron.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import type { FactorName, MachineKey } from '../../electron/fingerprint/types.ts';
import { systemClock, systemRandom } from '../../electron/platform/system.ts';
import { NO_KEYRING } from '../../electron/ports.ts';
import { SILENT } from '../../electron/support/log.ts';
import type { Vault, VaultOptions } from '../../electron/vault/types.ts';
import { openVault, type VaultParts } from '../../electron/vault/vault.ts';
import { ok, type Result } from '../../shared/result.ts';

export { fakeKeyring } from './fake-keyring.ts';

/** A folder that goes with the test; the vault's is `vault` in it and doesn't exist yet. */
export function vaultFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'latchkey-vault-'));
  onTestFinished(() => {
    rmSync(parent, { recursive: true, force: true });
  });
  return join(parent, 'vault');
}

/** Private factors of an invented machine; `generation` tells one machine's from another's. */
export function machine(
  names: readonly FactorName[],
  generation: Partial<Record<FactorName, number>> = {},
): MachineKey[] {
  return names.map((name) => ({
    name,
    material: new Uint8Array(32).fill(name.length * 16 + name.charCodeAt(0) + (generation[name] ?? 0)),
  }));
}

export const DESKTOP = ['board', 'disk', 'mac', 'machineId', 'os', 'cpu'] as const;

export const PRODUCT = 'prod_0000000000000000000001';
export const OTHER_PRODUCT = 'prod_0000000000000000000002';

export const schema = v.strictObject({ text: v.string() });

/** The value of a success; a failure fails the test with its code. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok)
    throw new Error(`failed with ${result.error.code} ${JSON.stringify(result.error.facts ?? {})}`);
  return result.value;
}

/** The code of a failure; `ok` for a success. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

export async function open(
  dir: string,
  options: Partial<VaultOptions> = {},
  parts: Partial<VaultParts> = {},
): Promise<Vault> {
  const opened = await openVault(
    {
      dir,
      keyring: NO_KEYRING,
      machineKeys: machine(DESKTOP),
      clock: systemClock,
      random: systemRandom,
      log: SILENT,
      ...options,
    },
    parts,
  );
  return valueOf(opened);
}

/** Writes a value whatever is there: as an engine does that reads first. */
export function put(vault: Vault, text: string, name = PRODUCT): Promise<Result<number>> {
  return vault.withLock(async (transaction) => {
    const found = await transaction.read(name, schema);
    if (!found.ok && found.error.code !== 'vaultDamaged') return found;
    return transaction.write(name, { text }, found.ok ? (found.value?.revision ?? 0) : 0);
  });
}

/** What an engine does that has learned the device as it is now. */
export function adoptDevice(vault: Vault): Promise<Result<void>> {
  return vault.withLock(async () => {
    await vault.adoptDevice();
    return ok(undefined);
  });
}

/** `text of the record`, `nothing`, or the code of the failure. */
export async function textIn(vault: Vault, name = PRODUCT): Promise<string> {
  const found = await vault.read(name, schema);
  if (!found.ok) return found.error.code;
  return found.value === null ? 'nothing' : found.value.value.text;
}

/** Every file of a folder with its bytes, without the lock's. */
export function bytesIn(dir: string): Record<string, string> {
  const names = readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() || entry.name.startsWith('lock.') ? [] : [entry.name],
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(dir, name), 'base64')]));
}
