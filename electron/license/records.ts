import * as v from 'valibot';
import { activationSchema } from '../../shared/license/schemas.ts';
import { driftSchema, MOST_DRIFTS } from '../fingerprint/drift-policy.ts';
import { exchangeSchema, NO_EXCHANGE } from '../offline/records.ts';
import { versioned } from '../vault/record-form.ts';

/**
 * What the vault keeps, one record per product and one for the device. Every schema is strict: a field that this
 * version doesn't know means that a newer version wrote it, and dropping it would lose something.
 */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const instant = v.number();
/** Of the factors of a device. */
const digests = v.record(text(40), text(128));

/** What repairs a lost answer: activating again needs what the user once entered. */
const credentialsSchema = v.strictObject({ type: v.literal('activationCode'), code: text(64) });

const secretsSchema = v.strictObject({
  /** Idempotency key of the call that took the seat: tells that the intent of that key was carried out. */
  intent: v.optional(text(64)),
  accessToken: text(8192),
  nonce: text(512),
  credentials: credentialsSchema,
  /** What the server was told of the device when it gave the seat; absent = by a version that did not note it. */
  told: v.optional(digests),
});

/** What the user wished when activating; enough to wish it again. */
const wishSchema = v.strictObject({
  code: text(64),
  seatId: text(100),
  seatName: v.optional(text(50)),
  editionId: v.optional(text(50)),
});

/** Form 2 knows one more end of an activation. */
const LICENSE_FORM = 2;

const licenseForm = v.strictObject({
  schema: v.literal(LICENSE_FORM),
  activation: v.nullable(activationSchema),
  /** There as long as there is an online activation. */
  secrets: v.nullable(secretsSchema),
  ended: v.nullable(
    v.strictObject({
      cause: v.picklist([
        'deactivated',
        'seatReleased',
        'seatLostToClone',
        'seatHeldElsewhere',
        'vaultOutdated',
      ]),
      at: instant,
    }),
  ),
  /** Seats of earlier activations that still have to be given back; tried with every call until the server took it. */
  releases: v.array(v.strictObject({ activationId: text(100), accessToken: text(8192), since: instant })),
  /** Activations that may have taken a seat which the server says nothing of now (withdrawals.ts); none without it. */
  withdrawals: v.optional(v.array(wishSchema)),
  exchange: exchangeSchema,
  /** The newest signed license file of this activation; null = none was issued. */
  licenseFile: v.nullable(text(65_536)),
});

export type LicenseRecord = v.InferOutput<typeof licenseForm>;

export const licenseRecordSchema = versioned<LicenseRecord>(
  LICENSE_FORM,
  { 1: (record) => record },
  licenseForm,
);

export const EMPTY_RECORD: LicenseRecord = {
  schema: LICENSE_FORM,
  activation: null,
  secrets: null,
  ended: null,
  releases: [],
  exchange: NO_EXCHANGE,
  licenseFile: null,
};

export const deviceRecordSchema = v.strictObject({
  schema: v.literal(1),
  seatId: v.pipe(v.string(), v.minLength(1), v.maxLength(50)),
  /** Factor digests of the device that took the seat. */
  enrolled: digests,
  /** How it has changed since, the newest last; absent = not at all. */
  drift: v.optional(v.pipe(v.array(driftSchema), v.maxLength(MOST_DRIFTS))),
  /** High-water mark of trusted time. */
  mark: instant,
  /** The newest signed time; absent = none since there are any. */
  signed: v.optional(instant),
  /** A local time too far ahead of the mark to be believed yet; absent = there is none. */
  claim: v.optional(instant),
});

export type DeviceRecord = v.InferOutput<typeof deviceRecordSchema>;

export type ActivationWish = v.InferOutput<typeof wishSchema>;

/** What is left to withdraw once a seat of this purchase is taken or asked for by other means. */
export function withdrawalsWithout(
  { withdrawals = [] }: Pick<LicenseRecord, 'withdrawals'>,
  { code, seatId }: Pick<ActivationWish, 'code' | 'seatId'>,
): ActivationWish[] {
  return withdrawals.filter((other) => other.code !== code || other.seatId !== seatId);
}

/**
 * The write-ahead journal: there from before a call is made until its end is known. `call`: a call with a nonce was
 * under way, so a nonce that the server doesn't know may be our own lost answer and not the work of a clone.
 * `withdraw`: an activation whose end is not known and whose seat is not wanted any more.
 */
export const journalSchema = v.strictObject({
  schema: v.literal(1),
  kind: v.picklist(['activate', 'deactivate', 'call', 'withdraw']),
  wish: v.optional(wishSchema),
  /** Of a `call` that changes a feature: what was wished, and how much of it this activation had before. */
  feature: v.optional(
    v.strictObject({
      kind: v.picklist(['checkout', 'return', 'usage']),
      key: text(100),
      amount: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      before: v.number(),
    }),
  ),
  idempotencyKey: text(64),
  startedAt: instant,
});

export type Journal = v.InferOutput<typeof journalSchema>;

export const DEVICE = 'device';
export const journalName = (productId: string) => `journal-${productId}`;
