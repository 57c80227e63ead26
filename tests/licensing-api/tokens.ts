import { SignJWT, importJWK, jwtVerify } from 'jose';
import * as v from 'valibot';
import type { ServerKey } from '../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../shared/license/types.ts';
import { kidOf, type Keys } from './keys.ts';

/**
 * JSON Web Tokens (RFC 7519) of the server. Access tokens and management tokens are signed with one key and told
 * apart by audience and `typ`, so that neither is ever taken for the other.
 */
const ACTIVATION = { audience: 'licensing-api', typ: 'latchkey-activation+jwt' } as const;
const MANAGEMENT = { audience: 'management-api', typ: 'at+jwt' } as const;
/** A management token lives for an hour. */
export const MANAGEMENT_TOKEN_SECONDS = 3600;

/** What an access token says. */
export interface AccessClaims {
  readonly activationId: string;
  /** Its hash is stored with the activation: only the newest token of an activation is good. */
  readonly tokenId: string;
}

export interface ManagementClaims {
  readonly clientId: string;
  readonly scopes: readonly string[];
}

export interface TokenService {
  readonly issueAccess: (claims: AccessClaims, now: Instant) => Promise<string>;
  readonly verifyAccess: (token: string, now: Instant) => Promise<AccessClaims | null>;
  readonly issueManagement: (claims: ManagementClaims, now: Instant) => Promise<string>;
  readonly verifyManagement: (token: string, now: Instant) => Promise<ManagementClaims | null>;
  /** Compact JWS over the public keys and the pins of the TLS keys, made with the Ed25519 key. */
  readonly signKeys: (
    keys: readonly ServerKey[],
    pins: readonly { readonly sha256: string }[],
    now: Instant,
  ) => Promise<string>;
}

const accessClaims = v.object({ sub: v.string(), jti: v.string() });
const managementClaims = v.object({ sub: v.string(), scope: v.string() });
const seconds = (instant: Instant) => Math.floor(instant / 1000);

export async function tokenService(
  keys: Keys,
  tenantId: string,
  environment: 'test' | 'live',
): Promise<TokenService> {
  const { d: _private, ...publicJwk } = keys.token;
  const [privateKey, publicKey, signingKey] = await Promise.all([
    importJWK(keys.token, 'ES256'),
    importJWK(publicJwk, 'ES256'),
    importJWK(keys.signing, 'EdDSA'),
  ]);
  const verify = async (token: string, kind: typeof ACTIVATION | typeof MANAGEMENT, now: Instant) => {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        ...kind,
        issuer: tenantId,
        algorithms: ['ES256'],
        currentDate: new Date(now),
      });
      return payload;
    } catch {
      return null;
    }
  };
  return {
    issueAccess: (claims, now) =>
      new SignJWT({ jti: claims.tokenId })
        .setProtectedHeader({ alg: 'ES256', typ: ACTIVATION.typ, kid: kidOf(keys.token) })
        .setIssuer(tenantId)
        .setAudience(ACTIVATION.audience)
        .setSubject(claims.activationId)
        .setIssuedAt(seconds(now))
        .sign(privateKey),
    verifyAccess: async (token, now) => {
      const parsed = v.safeParse(accessClaims, await verify(token, ACTIVATION, now));
      return parsed.success ? { activationId: parsed.output.sub, tokenId: parsed.output.jti } : null;
    },
    issueManagement: (claims, now) =>
      new SignJWT({ scope: claims.scopes.join(' '), environment })
        .setProtectedHeader({ alg: 'ES256', typ: MANAGEMENT.typ, kid: kidOf(keys.token) })
        .setIssuer(tenantId)
        .setAudience(MANAGEMENT.audience)
        .setSubject(claims.clientId)
        .setIssuedAt(seconds(now))
        .setExpirationTime(seconds(now) + MANAGEMENT_TOKEN_SECONDS)
        .sign(privateKey),
    verifyManagement: async (token, now) => {
      const parsed = v.safeParse(managementClaims, await verify(token, MANAGEMENT, now));
      return parsed.success ? { clientId: parsed.output.sub, scopes: parsed.output.scope.split(' ') } : null;
    },
    signKeys: (served, pins, now) =>
      new SignJWT({ keys: [...served], pins: [...pins] })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'latchkey-keys+jwt', kid: kidOf(keys.signing) })
        .setIssuer(tenantId)
        .setIssuedAt(seconds(now))
        .sign(signingKey),
  };
}
