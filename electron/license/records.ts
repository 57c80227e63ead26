import * as v from 'valibot';
import { isJsonObject } from '../../shared/license-file/json.ts';
import { activationSchema } from '../../shared/license/schemas.ts';
import { localServerSchema } from '../../shared/local-server.ts';
import { driftSchema, MOST_DRIFTS } from '../fingerprint/drift-policy.ts';
import { exchangeSchema, NO_EXCHANGE } from '../offline/records.ts';
import { secretText } from '../support/secret-schema.ts';
import { versioned } from '../vault/record-form.ts';
import type { JsonValue } from '../vault/types.ts';
import { accountSchema, isSamePurchase, type Purchase } from './purchase.ts';

/**
 * What the vault keeps, one record per product and one for the device. Every schema is strict: a field that this
 * version doesn't know means that a newer version wrote it, and dropping it would lose something.
 */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const codeText = secretText('activationCode', 64);
const instant = v.number();
/** Of the factors of a device. */
const digests = v.record(text(40), text(128));

/** What repairs a lost answer: activating again needs what the user once entered. */
const credentialsSchema = v.variant('type', [
  v.strictObject({ type: v.literal('activationCode'), code: codeText }),
  v.strictObject({ type: v.literal('account'), account: accountSchema }),
]);

const secretsSchema = v.strictObject({
  /** Idempotency key of the call that took the seat: tells that the intent of that key was carried out. */
  intent: v.optional(text(64)),
  accessToken: secretText('accessToken', 8192),
  nonce: secretText('nonce', 512),
  credentials: credentialsSchema,
  /** The chain is broken by a lost answer, and only signing in again mends it. */
  signInNeeded: v.optional(v.literal(true)),
  /** What the server was told of the device when it gave the seat; absent = by a version that did not note it. */
  told: v.optional(digests),
});

const seatFields = {
  seatId: text(100),
  seatName: v.optional(text(50)),
  editionId: v.optional(text(50)),
  /** The Local License Server that it was wished at; absent = the vendor's own. */
  server: v.optional(localServerSchema),
};

/** What the user wished when activating; enough to wish it again, with an account once the user has signed in again. */
const wishSchema = v.union([
  v.strictObject({ code: codeText, ...seatFields }),
  v.strictObject({ account: accountSchema, ...seatFields }),
]);

/**
 * Form 2 knows one more end of an activation, form 3 other servers than the vendor's own, form 4 accounts, form 5 trials
 * and overdrafts.
 */
const LICENSE_FORM = 5;

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
      accessToken: secretText('accessToken', 8192),
      since: instant,
      server: v.optional(localServerSchema),
      /**
       * What it came from, where devices fetch their certificates: with none that is good, the seat can only be given
       * back by taking it once more. Absent = there are none, or by a version that did not note it.
       */
      wish: v.optional(wishSchema),
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
  {
    1: (record) => record,
    2: (record) => record,
    3: (record) => ({ ...record, activation: withUsername(record['activation']) }),
    4: (record) => record,
  },
  licenseForm,
);

/** Whatever was stored under form 3; the schema judges it. */
function withUsername(activation: JsonValue | undefined): JsonValue {
  return isJsonObject(activation) ? { ...activation, username: null } : (activation ?? null);
}

export const EMPTY_RECORD: LicenseRecord = {
  schema: LICENSE_FORM,
  activation: null,
  secrets: null,
  ended: null,
  releases: [],
  exchange: NO_EXCHANGE,
  licenseFile: null,
};

const deviceForm = v.strictObject({
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

export type DeviceRecord = v.InferOutput<typeof deviceForm>;

export const deviceRecordSchema = versioned<DeviceRecord>(1, {}, deviceForm);

export type ActivationWish = v.InferOutput<typeof wishSchema>;

/** What is left to withdraw once a seat of this purchase is taken or asked for by other means. */
export function withdrawalsWithout(
  { withdrawals = [] }: Pick<LicenseRecord, 'withdrawals'>,
  wish: Purchase & { readonly seatId: string },
): ActivationWish[] {
  return withdrawals.filter((other) => !isSamePurchase(other, wish) || other.seatId !== wish.seatId);
}

/** Form 2 knows wishes by account. */
export const JOURNAL_FORM = 2;

/**
 * The write-ahead journal: there from before a call is made until its end is known. `call`: a call with a nonce was
 * under way, so a nonce that the server doesn't know may be our own lost answer and not the work of a clone.
 * `withdraw`: an activation whose end is not known and whose seat is not wanted any more. `deactivate` with a wish: a
 * repair of the chain may have taken the seat anew meanwhile (session.ts).
 */
const journalForm = v.strictObject({
  schema: v.literal(JOURNAL_FORM),
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
  /**
   * Of `activate`: ids of the offline requests that were there when it was begun. What was first is told by this and not
   * by the clock, which may have been put back in between; absent = by a version that went by the clock.
   */
  requests: v.optional(v.array(text(64))),
  idempotencyKey: text(64),
  startedAt: instant,
});

export type Journal = v.InferOutput<typeof journalForm>;

export const journalSchema = versioned<Journal>(JOURNAL_FORM, { 1: (journal) => journal }, journalForm);

export const DEVICE = 'device';
export const journalName = (productId: string) => `journal-${productId}`;
