import type { VendorProfile } from '../../shared/profile.ts';

export interface ServerKey {
  readonly kid: string;
  /** 32 bytes: an X25519 or an Ed25519 public key. */
  readonly publicKey: Uint8Array;
}

const toKey = ({ kid, x }: VendorProfile['serverKeys'][number]): ServerKey => ({
  kid,
  publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
});

/** The key that requests are encrypted to: the first in the profile; null where the vendor offers no offline exchange. */
export function encryptionKeyOf({ serverKeys }: VendorProfile): ServerKey | null {
  const key = serverKeys.find(({ use }) => use === 'enc');
  return key === undefined ? null : toKey(key);
}

/** A key that responses, refreshes and license files may be signed with; null where the profile has none of that id. */
export function signatureKeyOf({ serverKeys }: VendorProfile, kid: string): Uint8Array | null {
  const key = serverKeys.find((candidate) => candidate.use === 'sig' && candidate.kid === kid);
  return key === undefined ? null : toKey(key).publicKey;
}

/** All keys that the server signs with. */
export function signatureKeys({ serverKeys }: VendorProfile): readonly Uint8Array[] {
  return serverKeys.filter(({ use }) => use === 'sig').map((key) => toKey(key).publicKey);
}

/** Whether request and response can be exchanged at all. */
export function isOfflineAvailable({ serverKeys }: VendorProfile): boolean {
  return serverKeys.some(({ use }) => use === 'enc') && serverKeys.some(({ use }) => use === 'sig');
}
