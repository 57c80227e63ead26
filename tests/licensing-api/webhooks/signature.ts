import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { PrivateJwk } from '../keys.ts';
import { secretBytes } from './secret-box.ts';

/** What is signed; `body` is the very text that is sent. */
export interface Signed {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The header `webhook-signature` of Standard Webhooks: one signature for each secret (two while one replaces the other)
 * and one with the tenant's key. All are over id, timestamp and body, so that none of them can be exchanged.
 */
export function signWebhook(what: Signed, secrets: readonly string[], tenantKey: PrivateJwk): string {
  const content = Buffer.from(`${what.id}.${what.timestamp}.${what.body}`);
  const macs = secrets.map(
    (secret) => `v1,${createHmac('sha256', secretBytes(secret)).update(content).digest('base64')}`,
  );
  const { kty, crv, x, d } = tenantKey;
  const key = createPrivateKey({ format: 'jwk', key: { kty, crv, x, d } });
  return [...macs, `v1a,${sign(null, content, key).toString('base64')}`].join(' ');
}
