import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../license-file/json.ts';
import { ed25519JwkSchema, x25519JwkSchema } from './keys.ts';
import type { TokenKind } from './kinds.ts';

const text = (max: number) => v.pipe(v.string(), v.nonEmpty(), v.maxLength(max));

/** Token ids: 16 random bytes of ours are 22 characters; a UUID of somebody else's is accepted too. */
const tokenId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/));

/** NumericDate (RFC 7519, section 2) in whole seconds, up to the year 9999. */
const numericDate = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253_402_300_799));

const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Has the form of the Licensing API; whoever applies the token checks it with the schemas of the wire. */
const model = v.custom<JsonObject>(isJsonObject);

const fingerprint = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(40)), text(128)),
  v.check((factors) => Object.keys(factors).length <= 20),
);

const common = {
  jti: tokenId,
  iat: numericDate,
  exp: v.optional(numericDate),
  tenantId: text(100),
  productId: text(100),
};

const answer = {
  seq,
  activation: model,
  entitlement: model,
  licenseFile: v.optional(text(48 * 1024)),
};

/** So many deactivations a request names at most, the newest. */
export const MOST_DEACTIVATIONS = 20;

/** The claims of each kind. Those that aren't named here are dropped. */
export const CLAIMS = {
  'activation-request': v.object({
    ...common,
    activationCode: text(64),
    seatId: text(100),
    seatName: v.optional(text(50)),
    editionId: v.optional(text(50)),
    fingerprint: v.optional(fingerprint),
    deactivations: v.optional(v.pipe(v.array(tokenId), v.minLength(1), v.maxLength(MOST_DEACTIVATIONS))),
    deviceKeys: v.object({ sign: ed25519JwkSchema, encrypt: x25519JwkSchema }),
  }),
  'activation-response': v.object({ ...common, ...answer, rid: tokenId }),
  refresh: v.object({ ...common, ...answer, activationId: text(100) }),
  deactivation: v.object({ ...common, activationId: text(100), seatId: text(100), seq }),
} as const satisfies Record<TokenKind, v.GenericSchema>;

/** The claims of a kind. Instants are seconds since the epoch here, as they stand in the token. */
export type ClaimsOf<K extends TokenKind> = v.InferOutput<(typeof CLAIMS)[K]>;
