import type { ErrorCode } from '../errors.ts';
import type { Facts } from '../facts.ts';

/** Epoch milliseconds, UTC. */
export type Instant = number;

export type LicenseState =
  'uninitialized' | 'notActivated' | 'active' | 'leaseExpired' | 'entitlementNotActive';

/** The wire's words for what has become of an entitlement. */
export const ENTITLEMENT_STATUSES = [
  'active',
  'gracePeriod',
  'expired',
  'disabled',
  'exported',
  'created',
  'customerDisabled',
] as const;
export type EntitlementStatus = (typeof ENTITLEMENT_STATUSES)[number];

export type ActivationMethod = 'activationCode' | 'openIdToken' | 'password';
export type ActivationMode = 'online' | 'offline';

export interface Feature {
  readonly key: string;
  readonly type: 'bool' | 'elementPool' | 'usageCount';
  /** How much this activation holds (elementPool) or has used in the present period (usageCount). */
  readonly active: number;
  /** What is left for everybody; null = unlimited. A bool feature has 1 if it is included, else 0. */
  readonly available: number | null;
  /** The whole; null = unlimited. A bool feature has 1 if it is included, else 0. */
  readonly total: number | null;
  /** How much may be taken beyond `total`; absent = nothing. */
  readonly overdraft?: number | undefined;
  /** How much everybody together has taken beyond `total`; absent = nothing. */
  readonly overdrawn?: number | undefined;
  readonly usagePeriodEnds: Instant | null;
}

export interface Attribute {
  readonly key: string;
  readonly type: 'number' | 'date' | 'string';
  readonly value: string | null;
}

/** The terms of the purchase; null fields were not stated by the server. */
export interface Entitlement {
  readonly id: string | null;
  readonly status: EntitlementStatus;
  /** End of the subscription; null = never. */
  readonly expiry: Instant | null;
  readonly graceExpiry: Instant | null;
  readonly hasMaintenance: boolean | null;
  readonly maintenanceExpiry: Instant | null;
  readonly customerName: string | null;
  readonly orderRef: string | null;
  readonly offeringName: string | null;
  readonly productName: string | null;
  readonly sku: string | null;
  readonly planName: string | null;
  readonly licenseType: 'subscription' | 'perpetual' | null;
  readonly seatCount: number | null;
  readonly seatsUsed: number | null;
  /** How many seats may be taken beyond `seatCount`; absent = none. */
  readonly overdraftSeats?: number | undefined;
  /** Given to try the product; absent = bought. */
  readonly isTrial?: true | undefined;
}

/** One seat taken by this device, as the server last described it. Holds no secret. */
export interface Activation {
  readonly id: string;
  readonly mode: ActivationMode;
  readonly method: ActivationMethod;
  readonly editionId: string | null;
  readonly seatId: string;
  readonly seatName: string | null;
  /** Of the account that the seat was taken with; null with an activation code. */
  readonly username: string | null;
  readonly activatedAt: Instant;
  readonly lastLeaseAt: Instant;
  /** null = the lease has no end. */
  readonly leaseExpiry: Instant | null;
  readonly entitlement: Entitlement;
  readonly features: readonly Feature[];
  readonly attributes: readonly Attribute[];
  /** When this description was received. */
  readonly describedAt: Instant;
}

/** Why the last activation of this device came to its end. */
export type EndCause =
  'deactivated' | 'seatReleased' | 'seatLostToClone' | 'seatHeldElsewhere' | 'vaultOutdated';

/** What is known of one product's license on this device, without anything secret. */
export interface LicenseFacts {
  readonly activation: Activation | null;
  readonly ended: { readonly cause: EndCause; readonly at: Instant } | null;
}

/** The verdict on the local clock against trusted time (electron/license/CLOCK.md). */
export interface TrustedNow {
  /** The instant to compare with: the greater of the local clock and what is known. */
  readonly now: Instant;
  /** How far the local clock is behind what is known beyond the tolerance, in milliseconds; 0 = it is not. */
  readonly behindBy: number;
  /** The local clock is so far ahead of what is known that it is not believed yet; null or absent = it is believed. */
  readonly ahead?: ClockAhead | null;
}

export interface ClockAhead {
  /** Milliseconds. */
  readonly by: number;
  /** How late it is at least, from all that was ever seen. */
  readonly known: Instant;
  /** By the local clock: since when it has been ahead. */
  readonly since: Instant;
  /** The server has said so, to this process. */
  readonly isCertain: boolean;
}

/** How the present machine compares with the one that the seat was given to. */
export interface DeviceMatch {
  readonly verdict: 'same' | 'drifted' | 'different' | 'unknown';
  /** Names of the factors that changed. */
  readonly changed: readonly string[];
}

/** Outcome of the last call to the Licensing API; `code` null = it went well, and an `issuer` may have read along. */
export interface LastContact {
  readonly at: Instant;
  readonly code: ErrorCode | null;
  readonly facts?: Facts | undefined;
}

/** Everything around the record that has a say in what the user is told. */
export interface Surroundings {
  readonly environment: 'test' | 'live';
  readonly device: DeviceMatch;
  readonly virtualMachine: 'none' | 'detected' | 'forbidden';
  readonly clonedImage: boolean;
  readonly keyring: 'strong' | 'weak' | 'changed';
  /**
   * `recovered`: the good copy was used; `damaged`: nothing readable was left; `unavailable`: it can't be opened now;
   * `locked`: it can't be opened now, and activating again may take its place; `unread`: the same, because too little of
   * this device could be read; `failing`: the medium does not give it back; `full`: nothing more can be written;
   * `unsafe`: others can write to it; `rolledBack`: an earlier state was put back.
   */
  readonly vault:
    | 'good'
    | 'recovered'
    | 'damaged'
    | 'unavailable'
    | 'locked'
    | 'unread'
    | 'failing'
    | 'readOnly'
    | 'full'
    | 'newer'
    | 'unsafe'
    | 'rolledBack';
  /** An operation that was begun and whose end is not known, such as after a crash. */
  readonly unfinished: 'activation' | 'deactivation' | null;
  readonly lastContact: LastContact | null;
  readonly accounts: {
    /** Whether the vendor lets users activate by signing in. */
    readonly available: boolean;
    /** An answer to a call of this seat was lost, and only its user can mend that, by signing in again. */
    readonly signInNeeded: boolean;
  };
  /** Host and port of the server that holds the license, where new ones are taken from another; else null. */
  readonly heldAtOther: string | null;
  /** A local server holds the license, and has not proved to be the vendor's. */
  readonly unproven: boolean;
  readonly offline: {
    /** Whether the vendor offers offline exchange at all. */
    readonly available: boolean;
    readonly requestPending: Instant | null;
    readonly receipts: number;
  };
  /** The signed license file for the installed product; `none` = not used yet. */
  readonly licenseFile: 'none' | 'valid' | 'missing' | 'expired' | 'invalid';
  /**
   * The client certificate, where the vendor wants one. `missing`: an administrator has brought none that is good;
   * `expired`: the one that was enrolled has run out. Absent = nothing to be told.
   */
  readonly clientCertificate?:
    { readonly state: 'missing' } | { readonly state: 'expired'; readonly at: Instant } | undefined;
}
