import * as v from 'valibot';
import type { VendorProfile } from '../../../shared/profile.ts';
import { BREAKAGES } from './broken.ts';
import { FEATURE_VERBS } from './feature-verbs.ts';
import { MACHINES } from './installation.ts';
import { VERBS } from './verbs.ts';

/** Where a life ends: at the n-th point that it comes to (from 1), or at the n-th time that it comes to a certain one. */
const deathSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('count'), count: v.number() }),
  v.strictObject({ kind: v.literal('point'), point: v.string(), time: v.number() }),
]);

export type Death = v.InferOutput<typeof deathSchema>;

/** What a life is told at its beginning, as one line of JSON on standard input. */
export const ordersSchema = v.strictObject({
  dataDir: v.string(),
  /** What the person carries about outside the data folder: answers of the portal, and what was delivered. */
  pocket: v.string(),
  trace: v.string(),
  profile: v.custom<VendorProfile>((value) => typeof value === 'object' && value !== null),
  productId: v.string(),
  /** Of the purchases; the first may be used offline. */
  codes: v.pipe(v.array(v.string()), v.minLength(1), v.readonly()),
  person: v.strictObject({ username: v.string(), password: v.string() }),
  machine: v.picklist(MACHINES),
  seed: v.string(),
  /** What time it is, epoch milliseconds; it stands still as long as the life lasts. */
  now: v.number(),
  /** The operation that the life is to come to soon; null = whatever chance brings. */
  towards: v.nullable(v.picklist(VERBS)),
  death: v.nullable(deathSchema),
  /** What the death of the life before has cut off, of what somebody would simply try again; null = nothing. */
  cutOff: v.nullable(v.strictObject({ verb: v.picklist(FEATURE_VERBS), about: v.string() })),
  broken: v.nullable(v.picklist(BREAKAGES)),
});

export type Orders = v.InferOutput<typeof ordersSchema>;
