import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {
  identitiesName,
  identitiesSchema,
  NO_IDENTITIES,
  type Identities,
} from '../../../electron/certificate/records.ts';
import { installId } from '../../../electron/fingerprint/install-id.ts';
import { openLicenseFiles } from '../../../electron/license-file/store.ts';
import {
  DEVICE,
  deviceRecordSchema,
  journalName,
  journalSchema,
  licenseRecordSchema,
} from '../../../electron/license/records.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';

const list = v.array(v.string());

/** What lies in a data folder, as far as a kill may not lose it. Nothing secret. */
export const summarySchema = v.strictObject({
  /** Why something could not be read; null = all was. */
  problem: v.nullable(v.string()),
  /** Names of files that were set aside as damaged, and the health of the vault where it is not good. */
  damage: list,
  revision: v.number(),
  deviceRevision: v.number(),
  mark: v.nullable(v.number()),
  activation: v.nullable(
    v.strictObject({
      id: v.string(),
      mode: v.string(),
      lease: v.number(),
      entitlement: v.nullable(v.string()),
    }),
  ),
  ended: v.nullable(v.string()),
  /** Whether there is a token and a nonce to call with. */
  online: v.boolean(),
  held: v.nullable(v.strictObject({ rid: v.string(), seq: v.number() })),
  requests: list,
  receipts: v.array(v.strictObject({ id: v.string(), activation: v.string() })),
  releases: list,
  /** Whether there are seats of codes to withdraw, of which the server says nothing now. */
  withdrawals: v.boolean(),
  /** Whether there are seats of accounts to withdraw, for which their user has to sign in. */
  suspended: v.boolean(),
  /** Activations that a key for a client certificate is kept for. */
  keys: list,
  /** How much the activation has of each feature, as it is known here. */
  features: v.record(v.string(), v.number()),
  /** Hash of the license file in the vault, and of the one in its place. */
  file: v.nullable(v.string()),
  placed: v.nullable(v.string()),
  journal: v.nullable(v.string()),
  theme: v.string(),
  /** Hash of the id of the installation; null = it was not needed yet. */
  install: v.nullable(v.string()),
});

export type Summary = v.InferOutput<typeof summarySchema>;

const hash = (text: string | null): string | null =>
  text === null ? null : createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Looks at a data folder without changing anything. */
export async function summarize(
  engine: EngineOptions,
  place: { readonly dataDir: string; readonly productId: string; readonly theme: string },
): Promise<Summary> {
  const { dataDir, productId, theme } = place;
  const opened = await engine.vault();
  if (!opened.ok) throw new Error(`the vault can not be opened: ${opened.error.code}`);
  const vault = opened.value;
  const record = await vault.read(productId, licenseRecordSchema);
  const device = await vault.read(DEVICE, deviceRecordSchema);
  const journal = await vault.read(journalName(productId), journalSchema);
  const certificates = await vault.read(identitiesName(productId), identitiesSchema);
  const { vault: health, setAside } = vault.condition();
  const problem =
    [record, device, journal, certificates].flatMap((read) => (read.ok ? [] : [read.error.code]))[0] ?? null;
  const value = record.ok ? (record.value?.value ?? null) : null;
  const activation = value?.activation ?? null;
  const placed = await openLicenseFiles(path.join(dataDir, 'license-files')).read(productId);
  return {
    problem,
    damage: [...setAside, ...asideIn(dataDir), ...(health === 'good' ? [] : [`vault ${health}`])],
    revision: (record.ok ? record.value?.revision : undefined) ?? 0,
    deviceRevision: (device.ok ? device.value?.revision : undefined) ?? 0,
    mark: (device.ok ? device.value?.value.mark : undefined) ?? null,
    activation:
      activation === null
        ? null
        : {
            id: activation.id,
            mode: activation.mode,
            lease: activation.leaseExpiry ?? 0,
            entitlement: activation.entitlement.id,
          },
    ended: value?.ended?.cause ?? null,
    online: value?.secrets !== null && value?.secrets !== undefined,
    held: value?.exchange.held === null || value === null ? null : pick(value.exchange.held),
    requests: value?.exchange.requests.map(({ id }) => id) ?? [],
    receipts:
      value?.exchange.receipts.map(({ id, activationId }) => ({ id, activation: activationId })) ?? [],
    releases: value?.releases.map(({ activationId }) => activationId) ?? [],
    withdrawals: value?.withdrawals?.some((wish) => 'code' in wish) === true,
    suspended: value?.withdrawals?.some((wish) => 'account' in wish) === true,
    keys: certificates.ok ? keysIn(certificates.value?.value ?? NO_IDENTITIES) : [],
    features: Object.fromEntries((activation?.features ?? []).map(({ key, active }) => [key, active])),
    file: hash(value?.licenseFile ?? null),
    placed: hash(placed),
    journal: journal.ok ? (journal.value?.value.kind ?? null) : null,
    theme,
    install: hash(await installId(dataDir, engine.random).read()),
  };
}

function keysIn({ identities, asked }: Identities): string[] {
  const all = [...identities, ...(asked === null ? [] : [asked])];
  return all.map(({ activationId }) => activationId);
}

/** What was set aside beside the vault. */
function asideIn(dataDir: string): readonly string[] {
  return existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.includes('.damaged-')) : [];
}

function pick({ rid, seq }: { readonly rid: string; readonly seq: number }) {
  return { rid, seq };
}
