import { randomBytes } from 'node:crypto';
import type { ClaimsOf } from '../../../shared/token/claims.ts';
import { makeDeviceKeys, toJwk, thumbprint, type DeviceKeys } from '../../../shared/token/keys.ts';
import type { TokenKind } from '../../../shared/token/kinds.ts';
import { openToken } from '../../../shared/token/open.ts';
import { recogniseToken } from '../../../shared/token/recognise.ts';
import { sealToken } from '../../../shared/token/seal.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { valueOf } from '../../support/vault.ts';

/**
 * A portal with keys of the test, so that it can sign what no right portal would: the application under test is given
 * a profile that trusts it. The form of its answers is taken from the real server.
 */

type Models = Pick<ClaimsOf<'activation-response'>, 'activation' | 'entitlement' | 'licenseFile'>;
type RequestClaims = ClaimsOf<'activation-request'>;

export interface Forger {
  readonly keys: DeviceKeys;
  /** The profile with the forger's keys in place of the server's. */
  readonly trusted: (profile: VendorProfile) => VendorProfile;
  readonly open: (request: string) => RequestClaims;
  /** A response to a request, with claims laid over the right ones. */
  readonly respond: (request: string, changes?: Changes) => string;
  /** A refresh for the device that made a request. */
  readonly refresh: (request: string, activationId: string, changes?: Changes) => string;
}

export interface Changes {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly activation?: Readonly<Record<string, unknown>>;
  readonly entitlement?: Readonly<Record<string, unknown>>;
  readonly kind?: TokenKind;
  /** Another device to encrypt to: the maker of that request. */
  readonly to?: string;
  /** Another key to sign with, under the name of the right one. */
  readonly signWith?: DeviceKeys;
}

const jti = () => randomBytes(16).toString('base64url');

export function makeForger(models: Models): Forger {
  const keys = makeDeviceKeys(systemRandom);
  const now = () => Math.floor(Date.now() / 1000);

  const open = (text: string): RequestClaims => {
    const { jwe } = valueOf(recogniseToken(text));
    const opened = openToken(jwe, {
      expect: ['activation-request'],
      decryptWith: () => keys.encrypt.secretKey,
      verifyWith: () => null,
      now: Date.now(),
    });
    return valueOf(opened).claims;
  };

  const seal = (kind: TokenKind, request: string, claims: object, changes: Changes): string => {
    const { x } = open(changes.to ?? request).deviceKeys.encrypt;
    const publicKey = new Uint8Array(Buffer.from(x, 'base64url'));
    const all: unknown = { ...claims, ...changes.claims };
    return valueOf(
      sealToken({
        kind: changes.kind ?? kind,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the point is that they may be wrong
        claims: all as ClaimsOf<TokenKind>,
        signWith: { kid: keys.sign.kid, secretKey: (changes.signWith ?? keys).sign.secretKey },
        encryptTo: { kid: thumbprint(toJwk('X25519', publicKey)), publicKey },
        random: systemRandom,
      }),
    );
  };

  const common = (request: string, changes: Changes) => {
    const { tenantId, productId, seatId } = open(request);
    return {
      jti: jti(),
      iat: now(),
      tenantId,
      productId,
      seq: 1,
      activation: { ...models.activation, seatId, productId, ...changes.activation },
      entitlement: { ...models.entitlement, ...changes.entitlement },
    };
  };

  return {
    keys,
    trusted: (profile) => ({
      ...profile,
      serverKeys: [
        { kid: keys.sign.kid, use: 'sig', ...toJwk('Ed25519', keys.sign.publicKey) },
        { kid: keys.encrypt.kid, use: 'enc', ...toJwk('X25519', keys.encrypt.publicKey) },
      ].map(({ kid, use, crv, x }) => ({
        kid,
        use: use === 'sig' ? ('sig' as const) : ('enc' as const),
        crv,
        x,
      })),
    }),
    open,
    respond: (request, changes = {}) =>
      seal('activation-response', request, { ...common(request, changes), rid: open(request).jti }, changes),
    refresh: (request, activationId, changes = {}) => {
      const claims = common(request, changes);
      const activation = { ...claims.activation, id: activationId, ...changes.activation };
      return seal('refresh', request, { ...claims, activation, activationId, seq: 2 }, changes);
    },
  };
}
