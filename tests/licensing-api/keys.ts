import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as v from 'valibot';
import type { ServerKey } from '../../shared/licensing-api/generated/types.gen.ts';
import { readJson, writePrivateJson } from './private-file.ts';
import { makeAuthority, makeKeyPem } from './tls/certificates.ts';

/**
 * The server's keys. They are made at the first run and kept in `keys.json` of the data folder with mode 0600. They
 * are not encrypted at rest yet: whoever can read that file is the server.
 */
const jwkSchema = v.looseObject({ kty: v.string(), crv: v.string(), x: v.string(), d: v.string() });
const keysSchema = v.strictObject({
  version: v.literal(1),
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
});

export type Keys = v.InferOutput<typeof keysSchema>;
export type PrivateJwk = v.InferOutput<typeof jwkSchema>;

async function makeJwk(algorithm: string, crv: string): Promise<PrivateJwk> {
  const pair = await generateKeyPair(algorithm, { crv, extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  return v.parse(jwkSchema, { ...jwk, kid: await calculateJwkThumbprint(jwk) });
}

/** Makes all keys of a new server. @param now for the certificate of its CA; real time, as TLS clients have it */
export async function makeKeys(now: Date): Promise<Keys> {
  const authority = await makeAuthority('Latchkey reference CA', now);
  const [token, signing, encryption, serverKey, backupKey] = await Promise.all([
    makeJwk('ES256', 'P-256'),
    makeJwk('EdDSA', 'Ed25519'),
    makeJwk('ECDH-ES', 'X25519'),
    makeKeyPem(),
    makeKeyPem(),
  ]);
  return {
    version: 1,
    token,
    signing,
    encryption,
    tls: { authorityKey: authority.key, authorityCertificate: authority.certificate, serverKey, backupKey },
    fingerprintSalt: randomBytes(32).toString('base64url'),
  };
}

/** The keys of a data folder, made if they are missing. @param dataDir null = made for this process only */
export async function loadKeys(dataDir: string | null, now: Date): Promise<Keys> {
  if (dataDir === null) return await makeKeys(now);
  const file = path.join(dataDir, 'keys.json');
  const known = await readJson(file);
  if (known !== null) {
    const parsed = v.safeParse(keysSchema, known);
    if (!parsed.success) throw new Error(`${file} is damaged: it does not hold the server's keys`);
    return parsed.output;
  }
  const keys = await makeKeys(now);
  await writePrivateJson(file, keys);
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
