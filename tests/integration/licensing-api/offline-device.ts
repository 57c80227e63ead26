import { randomBytes } from 'node:crypto';
import {
  CompactEncrypt,
  CompactSign,
  calculateJwkThumbprint,
  compactDecrypt,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
} from 'jose';
import { expect } from 'vitest';
import type { ActivationState, Entitlement } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { LicensingApi } from '../../licensing-api/server.ts';

/** A device without a network, on `jose`: makes tokens as shared/token/FORMAT.md says, and worse ones. */

export type Claims = Record<string, unknown>;

interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string };
  readonly kid: string;
}

/** What can be changed about a token; `claims` are laid over the right ones. */
export interface Changes {
  readonly claims?: Claims;
  readonly outer?: Record<string, unknown>;
  readonly inner?: Record<string, unknown>;
  /** Another key to sign with. */
  readonly signWith?: CryptoKey;
  /** Another key to encrypt to. */
  readonly encryptTo?: { readonly x: string };
  /** The bytes to sign instead of the claims. */
  readonly payload?: string;
  /** The text to encrypt instead of the JWS. */
  readonly plaintext?: string;
}

/** An answer of the portal, decrypted and verified with the keys of the profile. */
export interface Opened {
  readonly typ: string;
  readonly claims: {
    readonly rid?: string;
    readonly activationId?: string;
    readonly jti: string;
    readonly seq: number;
    readonly tenantId: string;
    readonly productId: string;
    readonly activation: ActivationState;
    readonly entitlement: Entitlement;
    readonly licenseFile: string;
  };
}

export const encode = (text: string) => new TextEncoder().encode(text);
export const newJti = () => randomBytes(16).toString('base64url');

async function makePair(algorithm: string, crv: 'Ed25519' | 'X25519'): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { crv, extractable: true });
  const { x = '' } = await exportJWK(publicKey);
  const jwk = { kty: 'OKP', crv, x };
  return { privateKey, jwk, kid: await calculateJwkThumbprint(jwk) };
}

export interface DeviceOptions {
  readonly api: LicensingApi;
  readonly code: string;
  readonly seatId?: string;
  readonly seatName?: string;
  readonly fingerprint?: Readonly<Record<string, string>>;
}

/** A device with keys for one request. */
export async function makeDevice(options: DeviceOptions) {
  const { api, code, seatId = 'offline-seat', seatName = 'Ship bridge' } = options;
  const [sign, encrypt] = await Promise.all([makePair('Ed25519', 'Ed25519'), makePair('ECDH-ES', 'X25519')]);
  const serverKey = (use: 'sig' | 'enc') => {
    const key = api.profile.serverKeys.find((it) => it.use === use);
    if (key === undefined) throw new Error('the profile lacks a key');
    return key;
  };

  const make = async (kind: string, claims: Claims, changes: Changes): Promise<string> => {
    const typ = `latchkey-${kind}-v1+jwt`;
    const body = changes.payload ?? JSON.stringify({ ...claims, ...changes.claims });
    const jws = await new CompactSign(encode(body))
      .setProtectedHeader({ alg: 'Ed25519', typ, kid: sign.kid, ...changes.inner })
      .sign(changes.signWith ?? sign.privateKey);
    const { kid, x } = serverKey('enc');
    const to = { kty: 'OKP', crv: 'X25519', x: changes.encryptTo?.x ?? x };
    return await new CompactEncrypt(encode(changes.plaintext ?? jws))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', typ, kid, ...changes.outer })
      .encrypt(await importJWK(to, 'ECDH-ES'));
  };
  const common = () => ({
    jti: newJti(),
    iat: Math.floor(Date.parse('2026-03-01T08:00:00Z') / 1000),
    tenantId: api.tenantId,
    productId: api.productId,
  });

  return {
    seatId,
    sign,
    encrypt,
    request: (changes: Changes = {}): Promise<string> =>
      make(
        'activation-request',
        {
          ...common(),
          activationCode: code,
          seatId,
          seatName,
          ...(options.fingerprint === undefined ? {} : { fingerprint: options.fingerprint }),
          deviceKeys: { sign: sign.jwk, encrypt: encrypt.jwk },
        },
        changes,
      ),
    deactivation: (activationId: string, changes: Changes = {}): Promise<string> =>
      make('deactivation', { ...common(), activationId, seatId, seq: 1 }, changes),
    /** @throws what jose throws if the token is not for this device or not of this server */
    open: async (token: string): Promise<Opened> => {
      const { plaintext, protectedHeader } = await compactDecrypt(token, encrypt.privateKey);
      expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', kid: encrypt.kid });
      const { kid, x } = serverKey('sig');
      const { payload, protectedHeader: inner } = await compactVerify(
        plaintext,
        { kty: 'OKP', crv: 'Ed25519', x },
        { algorithms: ['Ed25519'] },
      );
      expect(inner).toEqual({ alg: 'Ed25519', typ: protectedHeader['typ'], kid });
      return { typ: String(inner['typ']), claims: JSON.parse(new TextDecoder().decode(payload)) };
    },
  };
}

export type Device = Awaited<ReturnType<typeof makeDevice>>;
