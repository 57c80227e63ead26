import { ed25519 } from '@noble/curves/ed25519.js';

/**
 * Verifies an Ed25519 signature (RFC 8032, section 5.1.7) strictly: S below the group's order, points in their only
 * encoding, and no key of small order. Otherwise one signature could be turned into another that holds as well, or a
 * key be chosen that fits every message.
 * @returns false for anything of a wrong length, too. Doesn't throw.
 */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
