import type { Failure } from '../../shared/errors.ts';
import type { ClientCertificateView } from '../../shared/license/client-certificate.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { ProfileProduct } from '../../shared/profile.ts';
import { viewCertificate } from '../certificate/view.ts';
import { contactOf } from './contact-log.ts';
import type { Look } from './early-look.ts';
import { keptTimeOf } from './device-time.ts';
import { supportCode } from '../../shared/support-code/support-code.ts';
import { judge } from './observe.ts';
import { believed, isProven } from './vendor-proof-policy.ts';
import {
  DEVICE,
  deviceRecordSchema,
  journalName,
  journalSchema,
  licenseRecordSchema,
  type Journal,
  type LicenseRecord,
} from './records.ts';
import type { EngineOptions } from './turn.ts';
import { NO_EXCHANGE } from '../offline/records.ts';
import { isOfflineAvailable } from '../offline/server-keys.ts';
import { offlineView } from '../offline/token-view.ts';
import type { Vault } from '../vault/types.ts';
import type { Result } from '../../shared/result.ts';

export type Busy = LicenseView['busy'];

/**
 * What is known of a product's license now: reads files, never waits for the network, the lock or a slow program, never
 * fails. What can't be read is told by a reason.
 * @param busy the operation that this process is carrying out on it
 * @returns the view and the instant that it holds for (trusted time)
 */
export async function viewLicense(
  engine: EngineOptions,
  product: ProfileProduct,
  busy: Busy,
): Promise<{ readonly view: LicenseView; readonly now: number }> {
  const { productId } = product;
  const { vault, fingerprint } = await (engine.look ?? (() => lookAtAll(engine)))();
  const found = vault.ok ? await readStored(vault.value, productId) : nothingBecauseOf(vault.error);
  const about = { profile: engine.profile, productId };
  const stored = { ...found, record: found.record && believed(found.record, about) };
  const serverForNew = engine.serverForNew();
  const between = contactOf(productId, stored.record, serverForNew);
  const certificate = vault.ok ? await certificateOf(engine, vault.value, productId, stored.record) : null;
  const judged = judge({
    profile: engine.profile,
    ...stored,
    // An operation under way is not an unfinished one.
    journal: busy === null ? stored.journal : null,
    condition: vault.ok ? vault.value.condition(productId) : NO_VAULT,
    fingerprint,
    lastContact: engine.contacts.last(between),
    serverForNew,
    isUnproven: found.record !== null && !isProven(found.record, about),
    // While an operation is under way the file may be a step behind.
    isFileMissing: busy === null && (await isFileMissing(engine, productId, stored.record)),
    clientCertificate: certificate,
    clock: engine.time.now(keptTimeOf(stored.device)),
    limits: engine.limits?.(),
  });
  const lastContactAt = engine.contacts.lastGood(between);
  const activation = stored.record?.activation ?? null;
  const view: LicenseView = {
    productId,
    productName: product.name,
    editions: product.editions ?? [],
    state: judged.state,
    lastKnown: judged.state === 'uninitialized' ? (engine.lastKnown?.of(productId) ?? null) : null,
    reasons: judged.reasons,
    actions: judged.actions,
    activation,
    heldAt: activation?.mode === 'online' ? heldAt(engine, stored.record) : null,
    // From a device that is still being read it would be another one in a moment.
    seatId: stored.device?.seatId ?? (fingerprint.pending.length > 0 ? null : fingerprint.seatId),
    lastContactAt,
    ...(certificate === null ? {} : { clientCertificate: certificate }),
    offline: offlineView(stored.record?.exchange ?? NO_EXCHANGE, isOfflineAvailable(engine.profile)),
    busy,
    supportCode: codeOf(
      engine,
      product,
      { state: judged.state, reasons: judged.reasons, activation, lastContactAt },
      judged.now,
    ),
  };
  engine.lastKnown?.note(view, judged.now);
  return { view, now: judged.now };
}

/** What is known of a license before anything of it could be read: what was known of it before. */
export function viewBeingRead(engine: EngineOptions, product: ProfileProduct): LicenseView {
  const { productId } = product;
  const empty = { state: 'uninitialized', reasons: [], activation: null, lastContactAt: null } as const;
  return {
    ...empty,
    productId,
    productName: product.name,
    editions: product.editions ?? [],
    lastKnown: engine.lastKnown?.of(productId) ?? null,
    actions: [],
    heldAt: null,
    seatId: null,
    offline: offlineView(NO_EXCHANGE, isOfflineAvailable(engine.profile)),
    busy: null,
    supportCode: codeOf(engine, product, empty, engine.clock.now()),
  };
}

function codeOf(
  { program, profile }: EngineOptions,
  product: ProfileProduct,
  license: Pick<LicenseView, 'state' | 'reasons' | 'activation' | 'lastContactAt'>,
  now: number,
): string {
  const index = profile.products.indexOf(product);
  return supportCode({ license, ...program, environment: profile.environment, product: index, now });
}

/** The certificate that is shown; nothing is looked for where the vendor wants none. */
async function certificateOf(
  { profile }: EngineOptions,
  vault: Vault,
  productId: string,
  record: LicenseRecord | null,
): Promise<ClientCertificateView | null> {
  if (profile.api.clientCertificates === 'none') return null;
  return viewCertificate(vault, productId, record?.activation?.id ?? null);
}

function heldAt({ profile }: EngineOptions, record: LicenseRecord | null): LicenseView['heldAt'] {
  const server = record?.server;
  return {
    kind: server === undefined ? 'cloud' : 'local',
    host: new URL(server?.url ?? profile.api.url).host,
  };
}

/** Whether the license file that belongs to the license is not in its place, such as in a folder that is barred. */
async function isFileMissing(
  { licenseFiles }: EngineOptions,
  productId: string,
  record: LicenseRecord | null,
): Promise<boolean> {
  const wanted = record?.licenseFile ?? null;
  return licenseFiles !== undefined && wanted !== null && (await licenseFiles.read(productId)) !== wanted;
}

async function lookAtAll(engine: EngineOptions): Promise<Look> {
  const [vault, fingerprint] = await Promise.all([engine.vault(), engine.fingerprint()]);
  return { vault, fingerprint };
}

const NO_VAULT = {
  keyring: 'strong',
  vault: 'unavailable',
  provider: null,
  backend: 'none',
  keyProblem: null,
  drifted: false,
  witness: 'none',
  setAside: [],
} as const;

function nothingBecauseOf(problem: Failure) {
  return { record: null, device: null, journal: null, problem };
}

/**
 * What the vault holds of a product and of the device; `problem`: why its record can't be read, or that a later version
 * has written one of the others, which no operation goes on without.
 */
export async function readStored(vault: Vault, productId: string) {
  const [record, device, journal] = await Promise.all([
    vault.read(productId, licenseRecordSchema),
    vault.read(DEVICE, deviceRecordSchema),
    vault.read(journalName(productId), journalSchema),
  ]);
  const newer = [device, journal].flatMap((read) =>
    !read.ok && read.error.code === 'vaultNewer' ? [read.error] : [],
  );
  return {
    record: valueOf(record),
    device: valueOf(device),
    journal: valueOf<Journal>(journal),
    problem: record.ok ? (newer[0] ?? null) : record.error,
  };
}

function valueOf<T>(read: Result<{ readonly value: T } | null>): T | null {
  return read.ok ? (read.value?.value ?? null) : null;
}
