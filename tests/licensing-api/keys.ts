import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as v from 'valibot';
import type { ServerKey, WebhookKeys } from '../../shared/licensing-api/generated/types.gen.ts';
import { openJson, readSecret, sealJson, sealedSchema, type KeyProtection } from './key-protection.ts';
import { readJson, writePrivateJson } from './private-file.ts';
import { makeAuthority, makeKeyPem } from './tls/certificates.ts';

/**
 * The server's keys. They are made at the first run and kept in `keys.json` of the data folder, encrypted and with mode
 * 0600 (`key-protection.ts`).
 */
const jwkSchema = v.looseObject({ kty: v.string(), crv: v.string(), x: v.string(), d: v.string() });
const authoritySchema = v.strictObject({ key: v.string(), certificate: v.string() });
const firstKeys = {
  /** P-256, signs access tokens and management tokens. */
  token: jwkSchema,
  /** Ed25519, signs what clients verify with the key in their profile. */
  signing: jwkSchema,
  /** X25519, requests are encrypted to it. */
  encryption: jwkSchema,
  tls: v.strictObject({
    authorityKey: v.string(),
    authorityCertificate: v.string(),
    serverKey: v.string(),
    /** Pinned beside the server's key, so that the server's can be replaced without locking clients out. */
    backupKey: v.string(),
  }),
  fingerprintSalt: v.string(),
};
/** As the first version kept them: in the open, and without the later keys. */
const plainSchema = v.strictObject({ version: v.literal(1), ...firstKeys });
const keysSchema = v.strictObject({
  ...firstKeys,
  /** Signs client certificates. Another CA than the server's: neither kind of certificate can pass for the other. */
  clientAuthority: authoritySchema,
  /** Ed25519, signs webhooks and nothing else: whoever gets it can not make a license. */
  webhook: jwkSchema,
  /** 32 bytes: encrypts secrets in the database. */
  storage: v.string(),
});

export type Keys = v.InferOutput<typeof keysSchema>;
export type PrivateJwk = v.InferOutput<typeof jwkSchema>;

async function makeJwk(algorithm: string, crv: string): Promise<PrivateJwk> {
  const pair = await generateKeyPair(algorithm, { crv, extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  return v.parse(jwkSchema, { ...jwk, kid: await calculateJwkThumbprint(jwk) });
}

/** The keys that came with the second version. */
async function makeLaterKeys(now: Date): Promise<Pick<Keys, 'clientAuthority' | 'webhook' | 'storage'>> {
  const [clientAuthority, webhook] = await Promise.all([
    makeAuthority('Latchkey reference client CA', now),
    makeJwk('EdDSA', 'Ed25519'),
  ]);
  return { clientAuthority, webhook, storage: randomBytes(32).toString('base64url') };
}

/** Makes all keys of a new server. @param now for the certificates of its CAs; real time, as TLS clients have it */
async function makeKeys(now: Date, authorityName: string): Promise<Keys> {
  const [authority, later, token, signing, encryption, serverKey, backupKey] = await Promise.all([
    makeAuthority(authorityName, now),
    makeLaterKeys(now),
    makeJwk('ES256', 'P-256'),
    makeJwk('EdDSA', 'Ed25519'),
    makeJwk('ECDH-ES', 'X25519'),
    makeKeyPem(),
    makeKeyPem(),
  ]);
  return {
    token,
    signing,
    encryption,
    tls: { authorityKey: authority.key, authorityCertificate: authority.certificate, serverKey, backupKey },
    fingerprintSalt: randomBytes(32).toString('base64url'),
    ...later,
  };
}

/**
 * The keys of a data folder, made if they are missing. Keys that an earlier version kept in the open are encrypted, and
 * the later ones added; the file is replaced as a whole or not at all.
 * @param dataDir null = made for this process only
 * @param authorityName of the CA that signs the server's certificate, where it is made
 * @throws an Error with one clear sentence if they can't be opened; nothing is changed then
 */
export async function loadKeys(
  dataDir: string | null,
  now: Date,
  protection: KeyProtection | null = null,
  authorityName = 'Latchkey reference CA',
): Promise<Keys> {
  if (dataDir === null) return await makeKeys(now, authorityName);
  const file = path.join(dataDir, 'keys.json');
  const known = await readJson(file);
  const sealed = v.safeParse(sealedSchema, known);
  const plain = v.safeParse(plainSchema, known);
  if (known !== null && !sealed.success && !plain.success) {
    throw new Error(`${file} is damaged: it does not hold the server's keys`);
  }
  const secret = await readSecret(dataDir, protection, !sealed.success);
  if (sealed.success) {
    const opened = await openJson(sealed.output, secret);
    const parsed = v.safeParse(keysSchema, opened?.value);
    if (opened === null || !parsed.success) {
      throw new Error(
        `${file} can not be opened: the passphrase or key file is not the one it was made with.`,
      );
    }
    return parsed.output;
  }
  if (plain.success) {
    const { version: _version, ...first } = plain.output;
    const keys = { ...first, ...(await makeLaterKeys(now)) };
    await writePrivateJson(file, await sealJson(keys, secret));
    return keys;
  }
  const keys = await makeKeys(now, authorityName);
  await writePrivateJson(file, await sealJson(keys, secret));
  return keys;
}

/** The id of a key: its RFC 7638 thumbprint. */
export function kidOf(jwk: PrivateJwk): string {
  return v.parse(v.string(), jwk['kid']);
}

/** The public halves that clients use (RFC 8037). */
export function publicServerKeys(keys: Keys): ServerKey[] {
  return [
    { kty: 'OKP', crv: 'Ed25519', kid: kidOf(keys.signing), use: 'sig', x: keys.signing.x },
    { kty: 'OKP', crv: 'X25519', kid: kidOf(keys.encryption), use: 'enc', x: keys.encryption.x },
  ];
}

/** The public key that verifies webhooks, as a JWK set. */
export function publicWebhookKeys(keys: Keys): WebhookKeys {
  const { webhook } = keys;
  const key = {
    kty: 'OKP',
    crv: 'Ed25519',
    kid: kidOf(webhook),
    use: 'sig',
    alg: 'EdDSA',
    x: webhook.x,
  } as const;
  return { keys: [key] };
}
