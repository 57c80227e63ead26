import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createLocalJWKSet, decodeProtectedHeader, errors, jwtVerify, type JSONWebKeySet } from 'jose';
import * as v from 'valibot';
import type { Instant } from '../../../shared/license/types.ts';
import { addressProblem } from '../webhooks/post.ts';

/** ID tokens of one OpenID provider (OpenID Connect Core 1.0, section 3.1.3.7; discovery: Discovery 1.0, section 4). */

export interface OpenIdOptions {
  /** Exactly as the provider writes it into its tokens. */
  readonly issuer: string;
  /** The client id of the installed application at the provider. */
  readonly audience: string;
  /** PEM of the only CA that is trusted for the provider; those of the system without it. */
  readonly ca?: string;
}

/** Who has signed in, and until when that may be shown. */
export interface OpenIdIdentity {
  readonly subject: string;
  readonly expires: Instant;
}

export interface OpenIdVerifier {
  /** null = the token is not good. @throws if the provider can't be reached */
  readonly verify: (token: string, now: Instant) => Promise<OpenIdIdentity | null>;
}

const MAX_BYTES = 256 * 1024;
const TIMEOUT_MS = 5000;
/** Asked again for an unknown key at most this often: nobody may use this server to hammer the provider. */
const REFETCH_MS = 30_000;
/** RS256 is what every provider has; none of these takes a shared secret or none at all. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const discovery = v.object({ issuer: v.string(), jwks_uri: v.string() });
const keySet = v.object({ keys: v.array(v.looseObject({ kty: v.string() })) });
const claims = v.object({
  sub: v.pipe(v.string(), v.nonEmpty(), v.maxLength(255)),
  exp: v.number(),
  iat: v.number(),
  /** The application puts it into the request for sign-in: without it a stolen code could be slipped under it. */
  nonce: v.pipe(v.string(), v.minLength(16)),
  azp: v.optional(v.string()),
  aud: v.union([v.string(), v.array(v.string())]),
});

function getJson(url: string, ca: string | undefined): Promise<unknown> {
  const problem = addressProblem(url);
  if (problem !== null) return Promise.reject(new Error(`the provider's address ${problem}`));
  const options = { agent: false as const, signal: AbortSignal.timeout(TIMEOUT_MS) };
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:')
      ? httpsRequest(url, { ...options, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) })
      : httpRequest(url, options);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > MAX_BYTES) request.destroy(new Error('the provider answers with too much'));
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          if (response.statusCode !== 200) throw new Error(`the provider answers ${response.statusCode}`);
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        } catch (error) {
          reject(error instanceof Error ? error : new Error('the provider answers no JSON'));
        }
      });
    });
    request.on('error', reject);
    request.end();
  });
}

export function openIdVerifier(options: OpenIdOptions): OpenIdVerifier {
  let cached: { readonly keys: JSONWebKeySet; readonly fetched: number } | null = null;

  const fetchKeys = async (): Promise<JSONWebKeySet> => {
    const base = options.issuer.replace(/\/$/, '');
    const document = v.parse(
      discovery,
      await getJson(`${base}/.well-known/openid-configuration`, options.ca),
    );
    if (document.issuer !== options.issuer) throw new Error('the provider calls itself by another name');
    const keys = v.parse(keySet, await getJson(document.jwks_uri, options.ca));
    // Real time: it is about how often somebody is asked, not about what is valid.
    cached = { keys, fetched: performance.now() };
    return keys;
  };

  const keysFor = async (kid: string | undefined): Promise<JSONWebKeySet> => {
    if (cached === null) return await fetchKeys();
    const isKnown = kid === undefined || cached.keys.keys.some((it) => it.kid === kid);
    return isKnown || performance.now() - cached.fetched < REFETCH_MS ? cached.keys : await fetchKeys();
  };

  return {
    verify: async (token, now) => {
      let kid: string | undefined;
      try {
        ({ kid } = decodeProtectedHeader(token));
      } catch {
        return null;
      }
      const keys = await keysFor(kid);
      try {
        const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
          issuer: options.issuer,
          audience: options.audience,
          algorithms: ALGORITHMS,
          requiredClaims: ['exp', 'iat', 'nonce', 'sub'],
          currentDate: new Date(now),
          clockTolerance: 60,
        });
        const parsed = v.safeParse(claims, payload);
        if (!parsed.success) return null;
        const { sub, exp, aud, azp } = parsed.output;
        // Of a token for several, the one that it was issued to has to be ours.
        const isOurs = azp === undefined ? !Array.isArray(aud) || aud.length === 1 : azp === options.audience;
        return isOurs ? { subject: sub, expires: exp * 1000 } : null;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
