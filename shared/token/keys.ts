import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import * as v from 'valibot';
import { fromBase64Url, toBase64Url, utf8 } from '../license-file/encoding.ts';

/** Where random bytes come from; `Random` of electron/ports.ts is one. */
export interface RandomBytes {
  readonly bytes: (length: number) => Uint8Array;
}

const base64Url32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));

const publicJwk = <Curve extends string>(crv: Curve) =>
  v.object({ kty: v.literal('OKP'), crv: v.literal(crv), x: base64Url32, d: v.optional(v.never()) });

/** Public keys as JWK (RFC 8037, section 2). One that shows its private part is refused: it is no secret any more. */
export const ed25519JwkSchema = publicJwk('Ed25519');
export const x25519JwkSchema = publicJwk('X25519');

export interface PublicJwk<Curve extends string = 'Ed25519' | 'X25519'> {
  readonly kty: 'OKP';
  readonly crv: Curve;
  /** Public key, 32 bytes in base64url. */
  readonly x: string;
}

export interface KeyPair {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes; never stored but in the vault, never logged. */
  readonly secretKey: Uint8Array;
}

/** The keys that a device makes for one activation request. */
export interface DeviceKeys {
  /** Ed25519. */
  readonly sign: KeyPair;
  /** X25519. */
  readonly encrypt: KeyPair;
}

/** What the vault keeps of `DeviceKeys`: the secret keys in base64url. */
export const storedDeviceKeysSchema = v.strictObject({ sign: base64Url32, encrypt: base64Url32 });
export type StoredDeviceKeys = v.InferOutput<typeof storedDeviceKeysSchema>;

/** Thumbprint of a public key (RFC 7638, section 3, with the members of RFC 8037, section 2): SHA-256, base64url. */
export function thumbprint({ crv, kty, x }: PublicJwk): string {
  return toBase64Url(sha256(utf8(JSON.stringify({ crv, kty, x }))));
}

/** The JWK of a public key. */
export function toJwk<Curve extends 'Ed25519' | 'X25519'>(
  crv: Curve,
  publicKey: Uint8Array,
): PublicJwk<Curve> {
  return { kty: 'OKP', crv, x: toBase64Url(publicKey) };
}

function pair(crv: 'Ed25519' | 'X25519', secretKey: Uint8Array): KeyPair {
  const publicKey = (crv === 'Ed25519' ? ed25519 : x25519).getPublicKey(secretKey);
  return { kid: thumbprint(toJwk(crv, publicKey)), publicKey, secretKey };
}

/** New keys for a new request. */
export function makeDeviceKeys(random: RandomBytes): DeviceKeys {
  return { sign: pair('Ed25519', random.bytes(32)), encrypt: pair('X25519', random.bytes(32)) };
}

/** The form that the vault seals. */
export function storeDeviceKeys({ sign, encrypt }: DeviceKeys): StoredDeviceKeys {
  return { sign: toBase64Url(sign.secretKey), encrypt: toBase64Url(encrypt.secretKey) };
}

/** Keys from the vault; null if the stored form is not one. */
export function loadDeviceKeys(stored: unknown): DeviceKeys | null {
  const parsed = v.safeParse(storedDeviceKeysSchema, stored);
  if (!parsed.success) return null;
  const sign = fromBase64Url(parsed.output.sign);
  const encrypt = fromBase64Url(parsed.output.encrypt);
  if (sign === null || encrypt === null) return null;
  return { sign: pair('Ed25519', sign), encrypt: pair('X25519', encrypt) };
}

/** Overwrites the secret keys; the pair is of no use afterwards. */
export function wipeDeviceKeys({ sign, encrypt }: DeviceKeys): void {
  sign.secretKey.fill(0);
  encrypt.secretKey.fill(0);
}

/** The claim `deviceKeys` of an activation request. */
export function deviceJwks({ sign, encrypt }: DeviceKeys): {
  readonly sign: PublicJwk<'Ed25519'>;
  readonly encrypt: PublicJwk<'X25519'>;
} {
  return { sign: toJwk('Ed25519', sign.publicKey), encrypt: toJwk('X25519', encrypt.publicKey) };
}
