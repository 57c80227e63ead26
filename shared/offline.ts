import * as v from 'valibot';
import { TOKEN_KINDS } from './token/kinds.ts';

/** What a window may know of the offline exchange. Tokens are encrypted to their reader, so they may be shown. */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

/** A token file or pasted text is at most this long, in bytes (design, section 4). */
export const TOKEN_TEXT_LIMIT = 64 * 1024;

const pendingRequestViewSchema = v.strictObject({
  id: text(64),
  madeAt: v.number(),
  seatName: v.nullable(text(50)),
  editionId: v.nullable(text(100)),
});

const receiptViewSchema = v.strictObject({ id: text(64), activationId: text(100), madeAt: v.number() });

export const offlineViewSchema = v.strictObject({
  /** Whether the vendor has set the product up for offline exchange. */
  available: v.boolean(),
  /** Requests that wait for their response, newest first. */
  requests: v.pipe(v.array(pendingRequestViewSchema), v.readonly()),
  /** Deactivations that the portal has to be told of, newest first. */
  receipts: v.pipe(v.array(receiptViewSchema), v.readonly()),
});

/** A token to be carried to the portal, in every form in which it can be carried. */
export const tokenViewSchema = v.strictObject({
  productId: text(100),
  /** `jti`. */
  id: text(64),
  kind: v.picklist(TOKEN_KINDS),
  madeAt: v.number(),
  /** The armored text, as it stands in the file. */
  armored: text(2 * TOKEN_TEXT_LIMIT),
  /** Contents of the QR codes, in order; none where the token is too long for them. */
  codes: v.pipe(v.array(text(1024)), v.readonly()),
  /** Name that the file is offered under. */
  fileName: text(200),
});

/** What a text turned out to be, before anything is done with it. */
export const incomingTokenSchema = v.strictObject({
  kind: v.picklist(TOKEN_KINDS),
  /** Whose response or refresh it is; null where none of ours is meant. */
  productId: v.nullable(text(100)),
});

export type OfflineView = v.InferOutput<typeof offlineViewSchema>;
export type TokenView = v.InferOutput<typeof tokenViewSchema>;
export type IncomingToken = v.InferOutput<typeof incomingTokenSchema>;
