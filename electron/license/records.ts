import * as v from 'valibot';
import { activationSchema } from '../../shared/license/schemas.ts';
import { isSameServer, localServerSchema } from '../../shared/local-server.ts';
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
  /** The Local License Server that it was wished at; absent = the vendor's own. */
  server: v.optional(localServerSchema),
});

/** Form 2 knows one more end of an activation, form 3 other servers than the vendor's own. */
const LICENSE_FORM = 3;

const licenseForm = v.strictObject({
  schema: v.literal(LICENSE_FORM),
  activation: v.nullable(activationSchema),
  /**
   * The Local License Server that the activation was taken from, and belongs to whatever is chosen since; absent = the
   * vendor's own.
   */
  server: v.optional(localServerSchema),
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
  releases: v.array(
    v.strictObject({
      activationId: text(100),
      accessToken: text(8192),
      since: instant,
      server: v.optional(localServerSchema),
    }),
  ),
  /** Activations that may have taken a seat which the server says nothing of now (withdrawals.ts); none without it. */
  withdrawals: v.optional(v.array(wishSchema)),
  exchange: exchangeSchema,
  /** The newest signed license file of this activation; null = none was issued. */
  licenseFile: v.nullable(text(65_536)),
});

export type LicenseRecord = v.InferOutput<typeof licenseForm>;

export const licenseRecordSchema = versioned<LicenseRecord>(
  LICENSE_FORM,
  { 1: (record) => record, 2: (record) => record },
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

/** Whether two wishes are for one purchase: the same code at another server is another one, with seats of its own. */
export function isSamePurchase(
  one: Pick<ActivationWish, 'code' | 'server'>,
  other: Pick<ActivationWish, 'code' | 'server'>,
): boolean {
  return one.code === other.code && isSameServer(one.server, other.server);
}

/** What is left to withdraw once a seat of this purchase is taken or asked for by other means. */
export function withdrawalsWithout(
  { withdrawals = [] }: Pick<LicenseRecord, 'withdrawals'>,
  wish: Pick<ActivationWish, 'code' | 'seatId' | 'server'>,
): ActivationWish[] {
  return withdrawals.filter((other) => !isSamePurchase(other, wish) || other.seatId !== wish.seatId);
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
