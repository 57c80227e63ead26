import type { Snapshot } from '../shared/contract.ts';
import type { LicenseView } from '../shared/license/schemas.ts';
import type { IncomingToken, TokenView } from '../shared/offline.ts';
import type { VendorProfile } from '../shared/profile.ts';
import type { Result } from '../shared/result.ts';
import type { Settings } from '../shared/settings.ts';
import type { Platform } from '../shared/support-code/support-code.ts';
import type { ShownAccount } from './license/purchase.ts';
import type { ServerService } from './server/server-service.ts';
import type { FeatureChange } from './license/feature-policy.ts';
import type { CertificateService } from './certificate/service.ts';
import type { LicenseFileService } from './license-file/service.ts';
import type { Network } from './api/network.ts';
import type { PolicySource } from './settings/managed-settings.ts';
import type { ProxySignIn } from './settings/proxy-sign-in.ts';
import type { Clock, Keyring, Log, Random } from './ports.ts';
import type { ProgramFacts } from './support/checks/installation-checks.ts';
import type { Machine } from './support/bundle/machine.ts';
import type { BundleService } from './support/bundle/service.ts';
import type { CrashStore } from './support/crash-store.ts';
import type { Diagnose } from './support/diagnose.ts';
import type { Secret } from './support/secret.ts';

/** What a process has to bring: the window and the command line differ in nothing else. */
export interface ServiceOptions {
  readonly profile: VendorProfile;
  /** Absolute path of the folder in which everything of this installation lies. */
  readonly dataDir: string;
  /** Absolute path of the folder of the vault's witness; without one it lies in the data folder. */
  readonly witnessDir?: string | undefined;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The network that this machine is in; the straight way without it. */
  readonly network?: Network;
  /** Where the administrator's policy is; nobody has one without it. */
  readonly policy?: PolicySource | undefined;
  /** Opens an address in the user's own browser; without it nobody can sign in there. */
  readonly openBrowser?: ((address: string) => Promise<Result<unknown>>) | undefined;
  readonly appVersion: string;
  /** The operating system; `other` without it. */
  readonly platform?: Platform;
  /** What this process knows of itself, for a diagnosis. */
  readonly program?: Omit<ProgramFacts, 'version' | 'platform'> | undefined;
  /** The machine, for a support bundle. */
  readonly machine?: Machine;
  /** BCP 47 tag of the operating system's language. */
  readonly systemLocale: string;
}

/** A seat that is asked for. */
export interface SeatRequest {
  readonly productId: string;
  readonly seatName?: string | undefined;
  readonly editionId?: string | undefined;
}

export interface ActivateRequest extends SeatRequest {
  readonly code: Secret<'activationCode'>;
}

/** Holds what the user has signed in with. */
export interface AccountRequest extends SeatRequest {
  readonly shown: ShownAccount;
}

export interface PasswordRequest extends SeatRequest {
  readonly username: string;
  readonly password: Secret<'password'>;
}

/** Everything a window or a command line can ask for. Nothing here throws in foreseen cases. */
export interface Services {
  readonly license: {
    readonly activate: (request: ActivateRequest) => Promise<Result<LicenseView>>;
    /** Errors besides: `credentialsInvalid`, `accountLocked` (with the wait). */
    readonly activateWithPassword: (request: PasswordRequest) => Promise<Result<LicenseView>>;
    /** Sends the user to the identity provider in the browser, waits, and activates. Minutes may go by. */
    readonly signIn: (request: SeatRequest) => Promise<Result<LicenseView>>;
    /** Ends a sign-in that waits for the browser. */
    readonly cancelSignIn: () => void;
    readonly refresh: (productId: string) => Promise<Result<LicenseView>>;
    readonly pullState: (productId: string) => Promise<Result<LicenseView>>;
    readonly deactivate: (productId: string) => Promise<Result<LicenseView>>;
    readonly changeFeature: (productId: string, change: FeatureChange) => Promise<Result<LicenseView>>;
  };
  readonly offline: {
    readonly makeRequest: (request: ActivateRequest) => Promise<Result<TokenView>>;
    readonly discardRequest: (productId: string, id: string) => Promise<Result<LicenseView>>;
    readonly token: (productId: string, id: string) => Promise<Result<TokenView>>;
    readonly recognise: (text: string) => Promise<Result<IncomingToken>>;
    readonly importToken: (text: string) => Promise<Result<LicenseView>>;
    readonly deactivate: (productId: string) => Promise<Result<TokenView>>;
    readonly clearReceipt: (productId: string, id: string) => Promise<Result<LicenseView>>;
  };
  readonly licenseFile: Pick<LicenseFileService, 'check'>;
  readonly certificate: CertificateService;
  /** Looks at the clock at once and tells what has changed: for when the computer goes to sleep. */
  readonly lookAtClock: () => Promise<void>;
  /** The same for when it wakes up; then what has become due meanwhile is refreshed, where that is kept up at all. */
  readonly wakeUp: () => Promise<void>;
  /** Finishes what a crash or a lost answer left open. Meant for after the window is shown; it may use the network. */
  readonly reconcile: () => Promise<void>;
  /** Renews leases before they end from now on, without being asked, until `close`. For a window; not for a command. */
  readonly keepRefreshed: () => void;
  readonly support: {
    readonly diagnose: Diagnose;
    readonly bundle: BundleService;
    readonly crashes: Pick<CrashStore, 'note' | 'untold' | 'markTold'>;
  };
  readonly server: ServerService;
  readonly settings: {
    readonly current: () => Settings;
    readonly change: (patch: Partial<Settings>) => Promise<Result<Settings>>;
  };
  /** Logins at a proxy that asks for one. */
  readonly proxy: {
    /** @returns host and port of the proxy. Errors: as `signInToProxy` */
    readonly signIn: (request: ProxySignIn) => Promise<Result<{ readonly proxy: string }>>;
    /** Forgets every login, also those in the vault. */
    readonly forget: () => Promise<Result<null>>;
  };
  /** The device has been read as far as it can be. A window doesn't wait for this; a command has but one answer. */
  readonly ready: () => Promise<void>;
  /** The last known state; reads files, never waits for the network. */
  readonly snapshot: () => Promise<Snapshot>;
  /** For a window that opens: the same at once, with what was known before where the vault can't be read that soon. */
  readonly glance: () => Promise<Snapshot>;
  /** Tells of every change; returns the function that ends it. */
  readonly onChange: (listener: (snapshot: Snapshot) => void) => () => void;
  readonly close: () => Promise<void>;
}
