import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

/**
 * A request for a certificate (PKCS #10, RFC 2986), written out in DER (X.690): the few octets of one that is always of
 * the same form need no library. The reference server reads it with one.
 */

const TAG = { integer: 0x02, bitString: 0x03, oid: 0x06, utf8String: 0x0c, sequence: 0x30, set: 0x31 };
/** `[0] IMPLICIT SET OF Attribute`: none. */
const NO_ATTRIBUTES = Buffer.from([0xa0, 0x00]);
/** 2.5.4.3 */
const COMMON_NAME = Buffer.from([0x55, 0x04, 0x03]);
/** 1.2.840.10045.4.3.2 (RFC 5758, section 3.2) */
const ECDSA_WITH_SHA256 = Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]);

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

/** Short form below 128, else the octets of the number after their count (X.690, section 8.1.3). */
function lengthOf(length: number): readonly number[] {
  if (length < 128) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

/** Upper bound of a common name (RFC 5280, appendix A.1). */
const LONGEST_NAME = 64;

/**
 * Asks for a certificate for a key, signed with that key, so that nobody can ask for somebody else's.
 * @param key PKCS #8 PEM of a P-256 key
 * @param commonName the seat id; what is written into the certificate is for the server to decide
 * @returns PEM
 */
export function certificateRequest(key: string, commonName: string): string {
  const privateKey = createPrivateKey(key);
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = der(
    TAG.sequence,
    der(
      TAG.set,
      der(
        TAG.sequence,
        der(TAG.oid, COMMON_NAME),
        der(TAG.utf8String, Buffer.from(commonName.slice(0, LONGEST_NAME), 'utf8')),
      ),
    ),
  );
  const info = der(TAG.sequence, der(TAG.integer, Buffer.from([0])), name, spki, NO_ATTRIBUTES);
  const signature = sign('sha256', info, privateKey);
  const request = der(
    TAG.sequence,
    info,
    der(TAG.sequence, der(TAG.oid, ECDSA_WITH_SHA256)),
    // No unused bits in the last octet.
    der(TAG.bitString, Buffer.from([0]), signature),
  );
  return pem('CERTIFICATE REQUEST', request);
}

/** RFC 7468. */
function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
