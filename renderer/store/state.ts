import type { DeepLink, Snapshot } from '../../shared/contract.ts';
import type { Failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { CheckResult, DiagnosisReport } from '../../shared/support/report.ts';
import type { Way } from '../licenses/ways.ts';
import { NO_INTAKE, type Intake } from './incoming.ts';

/** The steps of an activation without a network. */
export type OfflineStep = 'make' | 'carry' | 'bring';

/** Which screen is shown. */
export type View =
  | { readonly screen: 'licenses' }
  | { readonly screen: 'license'; readonly productId: string }
  | { readonly screen: 'activate'; readonly productId: string | null }
  | { readonly screen: 'activated'; readonly license: LicenseView }
  | {
      readonly screen: 'offline';
      readonly productId: string;
      readonly step: OfflineStep;
      /** The request that is carried; null = the newest. */
      readonly requestId: string | null;
    }
  | { readonly screen: 'refreshFile'; readonly productId: string }
  | { readonly screen: 'receipts'; readonly productId: string }
  | { readonly screen: 'receipt'; readonly productId: string; readonly id: string }
  /** `productId`: the license from whose page it was asked for; null = from the help. */
  | { readonly screen: 'diagnosis'; readonly productId: string | null }
  | { readonly screen: 'settings' }
  | { readonly screen: 'help' };

/** What has been typed. It lives here and not in the form, so that a look at the settings loses nothing. */
export interface Draft {
  readonly code: string;
  /** A password is typed too, and lives in its form alone. */
  readonly username: string;
  /** How the seat is asked for; null = the first way that there is. */
  readonly way: Way | null;
  readonly seatName: string;
  readonly editionId: string | null;
  /** The product chosen where the form offers several. */
  readonly productId: string | null;
  /** The code was filled in by a link from outside, and not by the person. */
  readonly fromLink: boolean;
}

export type Activation =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly productId: string }
  | { readonly phase: 'failed'; readonly productId: string; readonly failure: Failure };

/** An activation request on its way. */
export type Making =
  { readonly phase: 'idle' | 'running' } | { readonly phase: 'failed'; readonly failure: Failure };

export type OperationKind = 'refresh' | 'pullState' | 'deactivate' | 'changeFeature';

/** The last thing the person asked for on a license, until they turn to something else. */
export type Operation =
  | { readonly kind: OperationKind; readonly phase: 'running' }
  | { readonly kind: OperationKind; readonly phase: 'done'; readonly license: LicenseView }
  | { readonly kind: OperationKind; readonly phase: 'failed'; readonly failure: Failure };

/** Why a link from outside could not be followed. */
export type LinkNotice =
  { readonly kind: 'productUnknown' } | { readonly kind: 'notNow'; readonly productName: string };

/** A diagnosis as far as it has come. */
export interface Diagnosis {
  readonly phase: 'idle' | 'running' | 'done' | 'failed';
  /** Checks that have ended, in the order in which they did. */
  readonly checks: readonly CheckResult[];
  /** The last one that was finished; null while the first runs. */
  readonly report: DiagnosisReport | null;
  readonly failure: Failure | null;
}

export const NO_DIAGNOSIS: Diagnosis = { phase: 'idle', checks: [], report: null, failure: null };

/** Everything the screens are made from. */
export interface AppState {
  /** `failed`: the main process could not be asked at all. */
  readonly connection:
    { readonly phase: 'loading' | 'ready' } | { readonly phase: 'failed'; readonly failure: Failure };
  readonly snapshot: Snapshot | null;
  /** Monotonic milliseconds at which the snapshot came, to count on from its trusted time. */
  readonly snapshotAt: number;
  readonly view: View;
  readonly draft: Draft;
  readonly activation: Activation;
  readonly making: Making;
  readonly intake: Intake;
  readonly operations: Readonly<Record<string, Operation>>;
  /** A link that came while it could not be followed yet. */
  readonly heldLink: DeepLink | null;
  readonly linkNotice: LinkNotice | null;
  readonly settingsFailure: Failure | null;
  readonly diagnosis: Diagnosis;
  /** When the window was last closed by a crash that nobody has been told of; null = it was not, or they know. */
  readonly crashAt: number | null;
}

export const EMPTY_DRAFT: Draft = {
  code: '',
  username: '',
  way: null,
  seatName: '',
  editionId: null,
  productId: null,
  fromLink: false,
};

export const INITIAL_STATE: AppState = {
  connection: { phase: 'loading' },
  snapshot: null,
  snapshotAt: 0,
  view: { screen: 'licenses' },
  draft: EMPTY_DRAFT,
  activation: { phase: 'idle' },
  making: { phase: 'idle' },
  intake: NO_INTAKE,
  operations: {},
  heldLink: null,
  linkNotice: null,
  settingsFailure: null,
  diagnosis: NO_DIAGNOSIS,
  crashAt: null,
};
