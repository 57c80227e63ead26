import { createCipheriv, createPrivateKey, randomBytes, sign } from 'node:crypto';
import type { Instant } from '../../../shared/license/types.ts';
import type { Context } from '../context.ts';
import type { StoredActivation } from '../store/activations.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import { activationStateView, entitlementView } from '../views.ts';

/** Signed license files (`.lic`), on node:crypto alone. */

export const DEFAULT_TTL_SECONDS = 14 * 24 * 60 * 60;
const COLUMNS = 64;

export interface LicenseFileWish {
  /** How long it is good, in seconds; never longer than the lease. */
  readonly ttlSeconds: number;
  /** 32 bytes: SHA-256 of the activation code; null = not encrypted. */
  readonly encryptionKey: Buffer | null;
}

function dataset(
  context: Context,
  entitlement: StoredEntitlement,
  activation: StoredActivation,
  wish: LicenseFileWish,
  now: Instant,
) {
  // Whole seconds: `ttl` counts in them and has to agree with `expiry`.
  const issued = Math.floor(now / 1000);
  const expiry = Math.min(issued + wish.ttlSeconds, Math.floor(activation.leaseExpiry / 1000));
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const { features, ...state } = activationStateView(context, entitlement, activation, now);
  return {
    data: {
      id: activation.id,
      type: 'licenses',
      attributes: {
        activation: state,
        entitlement: entitlementView(context, entitlement, activation.editionId, now),
        seatId: activation.seatId,
        ...(activation.fingerprint === null ? {} : { fingerprint: activation.fingerprint }),
      },
    },
    // Once only, and here: a license file has to fit into an offline token, and that into QR codes.
    included: features.map(({ key, ...attributes }) => ({ id: key, type: 'features', attributes })),
    meta: { issued: iso(issued), expiry: iso(expiry), ttl: expiry - issued },
  };
}

/** Form of `enc`: base64, or three of them joined by dots: ciphertext, IV, tag. */
function encode(plain: string, key: Buffer | null): string {
  if (key === null) return Buffer.from(plain).toString('base64');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [ciphertext, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64')).join('.');
}

/** Makes the license file of an activation whose lease runs. */
export function makeLicenseFile(
  context: Context,
  entitlement: StoredEntitlement,
  activation: StoredActivation,
  wish: LicenseFileWish,
  now: Instant,
): string {
  const plain = JSON.stringify(dataset(context, entitlement, activation, wish, now));
  const enc = encode(plain, wish.encryptionKey);
  const { x, d } = context.keys.signing;
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x, d } });
  const envelope = {
    enc,
    sig: sign(null, Buffer.from(`license/${enc}`), key).toString('base64'),
    alg: wish.encryptionKey === null ? 'base64+ed25519' : 'aes-256-gcm+ed25519',
  };
  const base64 = Buffer.from(JSON.stringify(envelope)).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [];
  return ['-----BEGIN LICENSE FILE-----', ...lines, '-----END LICENSE FILE-----', ''].join('\n');
}
