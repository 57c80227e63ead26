import type { Action } from '../../../shared/license/actions.ts';
import type { ReasonCode } from '../../../shared/license/reasons.ts';
import type {
  Activation,
  EndCause,
  Entitlement,
  LicenseFacts,
  LicenseState,
  Surroundings,
  TrustedNow,
} from '../../../shared/license/types.ts';
import { activation, DAY, HOUR, NOW } from './sample-license.ts';

/** One row of the tables about `deriveLicense`; what is not named is calm (sample-license.ts). */
export interface Case {
  readonly name: string;
  readonly facts: LicenseFacts | null;
  readonly clock?: TrustedNow;
  readonly around?: Partial<Surroundings>;
  readonly state: LicenseState;
  readonly codes: readonly ReasonCode[];
  /** Where they are not what the state allows in general. */
  readonly actions?: readonly Action[];
}

export const seat = (changes?: Parameters<typeof activation>[0]): LicenseFacts => ({
  activation: activation(changes),
  ended: null,
});
export const terms = (entitlement: Partial<Entitlement>) => seat({ entitlement });
export const lease = (changes: Pick<Partial<Activation>, 'leaseExpiry' | 'lastLeaseAt'>) => seat(changes);
export const ended = (cause: EndCause): LicenseFacts => ({
  activation: null,
  ended: { cause, at: NOW - DAY },
});
export const NEVER: LicenseFacts = { activation: null, ended: null };
/** How the last call ended, an hour ago. */
export const contact = (code: 'networkUnavailable' | 'timeout' | 'cancelled' | 'certificateNotYetValid') => ({
  lastContact: { at: NOW - HOUR, code },
});
