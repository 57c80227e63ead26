import type { Failure } from '../../shared/errors.ts';
import type { ClientCertificateView } from '../../shared/license/client-certificate.ts';
import { deriveLicense, type DerivedLicense } from '../../shared/license/derive.ts';
import { forbidsVirtualMachines, NO_LIMITS, withinLimits, type Limits } from '../../shared/license/limits.ts';
import type {
  DeviceMatch,
  LastContact,
  LicenseFacts,
  Surroundings,
  TrustedNow,
} from '../../shared/license/types.ts';
import { isSameServer, type LocalServer } from '../../shared/local-server.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { isInForce } from '../certificate/certificate-policy.ts';
import { recentlyChanged } from '../fingerprint/drift-policy.ts';
import { looksCloned, matchDevice } from '../fingerprint/match-policy.ts';
import type { Fingerprint } from '../fingerprint/types.ts';
import { licenseFileCondition } from '../license-file/check-policy.ts';
import { NO_EXCHANGE } from '../offline/records.ts';
import { isOfflineAvailable } from '../offline/server-keys.ts';
import type { VaultCondition } from '../vault/types.ts';
import { mayStartAnew } from './anew-policy.ts';
import type { DeviceRecord, Journal, LicenseRecord } from './records.ts';

/** Everything that is known at one instant about one product's license. */
export interface Observation {
  readonly profile: VendorProfile;
  /** null = nothing stored or nothing readable; `problem` tells them apart. */
  readonly record: LicenseRecord | null;
  readonly device: DeviceRecord | null;
  readonly journal: Journal | null;
  /** Why the record could not be read. */
  readonly problem: Failure | null;
  readonly condition: VaultCondition;
  readonly fingerprint: Fingerprint;
  readonly lastContact: LastContact | null;
  /** The server that new activations are taken from; absent = the vendor's own. */
  readonly serverForNew?: LocalServer | undefined;
  /** A local server holds the activation and has not proved to be the vendor's. */
  readonly isUnproven?: boolean;
  /** The license file of the record does not lie in its place. */
  readonly isFileMissing?: boolean;
  /** The client certificate that calls show; null = none. */
  readonly clientCertificate?: ClientCertificateView | null;
  readonly clock: TrustedNow;
  /** What the administrator allows; everything without it. */
  readonly limits?: Limits | undefined;
}

/** State, reasons and actions of what was observed, with the instant they hold for. */
export function judge(observation: Observation): DerivedLicense & { readonly now: number } {
  const { clock } = observation;
  const derived = deriveLicense(factsOf(observation), clock, surroundingsOf(observation, clock.now));
  return { ...withinLimits(derived, observation.limits ?? NO_LIMITS), now: clock.now };
}

function factsOf({ record, problem }: Observation): LicenseFacts | null {
  if (record !== null) return { activation: record.activation, ended: record.ended };
  return problem === null ? { activation: null, ended: null } : null;
}

/** @param now trusted time */
function surroundingsOf(observation: Observation, now: number): Surroundings {
  const { profile, device, fingerprint, journal, condition, lastContact } = observation;
  const enrolled = device?.enrolled ?? null;
  const exchange = observation.record?.exchange ?? NO_EXCHANGE;
  return {
    environment: profile.environment,
    device: deviceOf(observation, now),
    virtualMachine: virtualMachine(observation),
    clonedImage:
      fingerprint.clonedImage.detected ||
      // What is not read yet may be the very hardware that is still the same.
      (enrolled !== null && fingerprint.pending.length === 0 && looksCloned(enrolled, fingerprint.factors)),
    keyring: condition.keyring,
    vault: vaultOf(observation),
    unfinished:
      journal?.kind === 'activate' ? 'activation' : journal?.kind === 'deactivate' ? 'deactivation' : null,
    lastContact,
    accounts: {
      available: profile.accounts !== undefined,
      signInNeeded: observation.record?.secrets?.signInNeeded === true,
    },
    heldAtOther: heldAtOther(observation),
    unproven: observation.isUnproven ?? false,
    offline: {
      available: isOfflineAvailable(profile),
      requestPending: exchange.requests.at(-1)?.madeAt ?? null,
      receipts: exchange.receipts.length,
    },
    licenseFile: fileOf(observation, now),
    clientCertificate: certificateOf(observation, now),
  };
}

function certificateOf(
  { profile, record, clientCertificate = null }: Observation,
  now: number,
): Surroundings['clientCertificate'] {
  const mode = profile.api.clientCertificates;
  const isGood = clientCertificate !== null && isInForce(clientCertificate, now);
  if (mode === 'none' || isGood) return undefined;
  // One is fetched with the next call where there is none; an offline seat makes no calls.
  if (mode === 'import' || clientCertificate?.source === 'imported') {
    return record?.activation?.mode === 'offline' ? undefined : { state: 'missing' };
  }
  return clientCertificate === null ? undefined : { state: 'expired', at: clientCertificate.notAfter };
}

/** Offline seats are the vendor's own, and no server is asked about them. */
function heldAtOther({ record, serverForNew, profile }: Observation): string | null {
  if (record?.activation?.mode !== 'online' || isSameServer(record.server, serverForNew)) return null;
  return new URL(record.server?.url ?? profile.api.url).host;
}

function fileOf({ record, profile, fingerprint, isFileMissing }: Observation, now: number) {
  const condition = licenseFileCondition(record?.licenseFile ?? null, { profile, fingerprint, now });
  return condition === 'valid' && isFileMissing === true ? 'missing' : condition;
}

function deviceOf({ device, fingerprint, condition }: Observation, now: number): DeviceMatch {
  if (device === null) {
    return { verdict: condition.keyProblem === 'otherMachine' ? 'different' : 'unknown', changed: [] };
  }
  const match = matchDevice(device.enrolled, fingerprint.factors);
  if (match.verdict !== 'same') return match;
  // What was learned is told for a while, or nobody would ever know that anything had changed.
  const changed = recentlyChanged(device.drift ?? [], now);
  return changed.length === 0 ? match : { verdict: 'drifted', changed };
}

function virtualMachine({ profile, fingerprint, limits = NO_LIMITS }: Observation) {
  if (!fingerprint.virtualMachine.detected) return 'none';
  return forbidsVirtualMachines(profile, limits) ? 'forbidden' : 'detected';
}

function vaultOf(observation: Observation): Surroundings['vault'] {
  const found = isStillReading(observation) ? 'good' : conditionOf(observation);
  if (found !== 'unavailable' || !mayStartAnew(observation.condition)) return found;
  return observation.condition.keyProblem === 'deviceUnread' ? 'unread' : 'locked';
}

/** The vault doesn't open yet and may as soon as the rest of the device was read: nothing to be told, only awaited. */
function isStillReading({ fingerprint, condition }: Observation): boolean {
  return condition.keyProblem === 'deviceUnread' && fingerprint.pending.length > 0;
}

function conditionOf({ problem, condition }: Observation): Surroundings['vault'] {
  switch (problem?.code) {
    case undefined:
      return condition.vault;
    case 'vaultDamaged':
      return 'damaged';
    case 'vaultNewer':
      return 'newer';
    case 'vaultStorageFailed':
      return 'failing';
    case 'vaultDiskFull':
      return 'full';
    case 'vaultReadOnly':
      return 'readOnly';
    case 'vaultUnsafe':
      return 'unsafe';
    default:
      return 'unavailable';
  }
}
