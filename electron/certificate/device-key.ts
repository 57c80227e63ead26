import { createECDH, createPrivateKey } from 'node:crypto';
import type { Random } from '../ports.ts';

const BYTES = 32;

/**
 * Makes a key of this device for TLS: P-256, because Electron's BoringSSL refuses certificates with Ed25519 keys.
 * @returns PKCS #8 PEM. Secret
 */
export function makeDeviceKey(random: Random): string {
  const curve = createECDH('prime256v1');
  const scalar = scalarBelowOrder(random, curve);
  const point = curve.getPublicKey();
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: scalar.toString('base64url'),
      // Uncompressed: 04, x, y (SEC 1, section 2.3.3).
      x: point.subarray(1, 1 + BYTES).toString('base64url'),
      y: point.subarray(1 + BYTES).toString('base64url'),
    },
  });
  scalar.fill(0);
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Taken anew where it is 0 or not below the order of the curve, which is next to never; so that none is likelier. */
function scalarBelowOrder(random: Random, curve: ReturnType<typeof createECDH>): Buffer {
  for (;;) {
    const scalar = Buffer.from(random.bytes(BYTES));
    try {
      curve.setPrivateKey(scalar);
      return scalar;
    } catch (error) {
      // A source that gives nothing but zeros would never end.
      if (scalar.every((byte) => byte === 0)) throw error;
    }
  }
}
