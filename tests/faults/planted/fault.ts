import type { ErrorCode } from '../../../shared/errors.ts';
import type { ReasonCode } from '../../../shared/license/reasons.ts';
import type { Remedy } from '../../../shared/remedies.ts';
import type { LicensingApiOptions } from '../../licensing-api/server.ts';
import type { World } from './world.ts';

/** Something wrong that is really put there, and what a diagnosis has to say of it first. */
export interface PlantedFault {
  /** What is wrong, in words for the documentation. */
  readonly name: string;
  readonly code: ReasonCode | ErrorCode;
  readonly remedy: Remedy;
  /** Caption of the button beside the main cause in the window; null where only the person can help. */
  readonly button: string | null;
  /** Codes that have to come under the main cause instead of beside it. */
  readonly explains?: readonly (ReasonCode | ErrorCode)[];
  readonly server?: LicensingApiOptions;
  readonly plant: (world: World) => Promise<unknown>;
}
