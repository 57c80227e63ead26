/** The order of the group of Ed25519 (RFC 8032, section 5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature as a lax verifier sees it: S and S plus a multiple of the order are the same scalar. */
export function addToS(signature: Uint8Array, times: bigint): Uint8Array {
  const s = Buffer.from(signature.subarray(32).toReversed()).toString('hex');
  const sum = (BigInt(`0x${s}`) + times * ORDER).toString(16).padStart(64, '0');
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(sum, 'hex').toReversed()]);
}
