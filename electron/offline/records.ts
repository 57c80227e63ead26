import * as v from 'valibot';
import { secretText } from '../support/secret-schema.ts';
import { storedDeviceKeysSchema } from '../../shared/token/keys.ts';

/**
 * What the vault keeps of the offline exchange, inside the license record of the product: a response that is applied
 * drops the requests, takes the seat and binds its keys in one write, and a deactivation makes its receipt and ends the
 * activation in one. A kill leaves either the state before or the state after.
 */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const pendingRequestSchema = v.strictObject({
  /** `jti` of the request; what a response names as `rid`. */
  id: text(64),
  madeAt: v.number(),
  /** The token itself (compact JWE), so that it can be exported again until it was answered. */
  token: text(65_536),
  /** The activation code in it: the token is encrypted to the server, so that nobody here can look. */
  code: secretText('activationCode', 64),
  seatId: text(100),
  seatName: v.nullable(text(50)),
  editionId: v.nullable(text(100)),
  keys: storedDeviceKeysSchema,
});

const heldSchema = v.strictObject({
  /** `jti` of the request whose response was applied; the same response again is a replay. */
  rid: text(64),
  /** The last `seq` that was applied. */
  seq: v.number(),
  keys: storedDeviceKeysSchema,
  /**
   * Keys of the other requests of that time. The portal may have answered those as well, and encrypts a refresh to the
   * newest keys that it knows of this device.
   */
  others: v.array(storedDeviceKeysSchema),
});

const receiptSchema = v.strictObject({
  /** `jti` of the deactivation token. */
  id: text(64),
  activationId: text(100),
  madeAt: v.number(),
  token: text(65_536),
});

export const exchangeSchema = v.strictObject({
  /** Requests without an answer yet, oldest first. */
  requests: v.array(pendingRequestSchema),
  /** There as long as there is an offline activation. */
  held: v.nullable(heldSchema),
  /** Deactivations of which the user has not said yet that the portal took them, oldest first. */
  receipts: v.array(receiptSchema),
});

export type PendingRequest = v.InferOutput<typeof pendingRequestSchema>;
export type Receipt = v.InferOutput<typeof receiptSchema>;
export type Exchange = v.InferOutput<typeof exchangeSchema>;

export const NO_EXCHANGE: Exchange = { requests: [], held: null, receipts: [] };

/** What is left once a seat was taken online or an activation has ended: only what the portal must still be told. */
export function receiptsOnly({ receipts }: Exchange): Exchange {
  return { ...NO_EXCHANGE, receipts };
}

/** With one more receipt, the newest. */
export function withReceipt(exchange: Exchange, receipt: Receipt | null): Exchange {
  return receipt === null ? exchange : { ...exchange, receipts: [...exchange.receipts, receipt] };
}

/**
 * Without the receipts of one activation. The server goes on with the same activation where its seat is taken again
 * before it heard of the deactivation: a receipt of the time before would then free the seat that is in use.
 */
export function withoutReceiptsOf(exchange: Exchange, activationId: string): Exchange {
  return {
    ...exchange,
    receipts: exchange.receipts.filter((receipt) => receipt.activationId !== activationId),
  };
}
