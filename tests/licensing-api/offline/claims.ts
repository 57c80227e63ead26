import * as v from 'valibot';

/** What devices say in their tokens (shared/token/FORMAT.md, "Claims"). Claims that aren't known are ignored. */

/** 32 bytes, written in the one canonical way, so that a key has one thumbprint only. */
const key32 = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/),
  v.check((x) => Buffer.from(x, 'base64url').toString('base64url') === x),
);
/** `d` is refused: a device that shows its private key has none. */
const publicKey = <Curve extends string>(crv: Curve) =>
  v.object({ kty: v.literal('OKP'), crv: v.literal(crv), x: key32, d: v.optional(v.never()) });

/** Up to the year 9999, in seconds. */
const numericDate = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(253_402_300_799));

/** 16 random bytes are 22 characters; a UUID of somebody else's device is as good. */
const tokenId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/));

const common = {
  jti: tokenId,
  iat: numericDate,
  exp: v.optional(numericDate),
  tenantId: v.pipe(v.string(), v.maxLength(100)),
  productId: v.pipe(v.string(), v.maxLength(100)),
};
const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));

export const requestClaims = v.object({
  ...common,
  activationCode: text(100),
  seatId: text(100),
  seatName: v.optional(v.pipe(v.string(), v.maxLength(50))),
  editionId: v.optional(text(50)),
  fingerprint: v.optional(
    v.pipe(
      v.record(
        v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/)),
        v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/=_-]{16,128}$/)),
      ),
      v.minEntries(1),
      v.maxEntries(20),
    ),
  ),
  deactivations: v.optional(v.pipe(v.array(tokenId), v.maxLength(20)), []),
  deviceKeys: v.object({ sign: publicKey('Ed25519'), encrypt: publicKey('X25519') }),
});
export type RequestClaims = v.InferOutput<typeof requestClaims>;

export const deactivationClaims = v.object({
  ...common,
  activationId: v.pipe(v.string(), v.maxLength(100)),
  seatId: text(100),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type DeactivationClaims = v.InferOutput<typeof deactivationClaims>;
