import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Secrets of endpoints have to be read again to sign with them, so they are encrypted (AES-256-GCM) with a key that is
 * not in the database. The endpoint's id is authenticated: a secret can't be moved to another endpoint.
 */

const PREFIX = 'whsec_';

/** A new secret in the form of Standard Webhooks. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/** The bytes that are the key of the HMAC. */
export function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}

/** @param key 32 bytes, base64url */
export function sealSecret(key: string, webhookId: string, secret: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv);
  cipher.setAAD(Buffer.from(webhookId));
  return Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

/** @throws if the sealed secret was changed, or is of another endpoint or server */
export function openSecret(key: string, webhookId: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), bytes.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(webhookId));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}
