import { randomBytes } from 'node:crypto';
import type { ClaimsOf } from '../../../shared/token/claims.ts';
import { deviceJwks, makeDeviceKeys, type DeviceKeys, type RandomBytes } from '../../../shared/token/keys.ts';
import type { TokenKind } from '../../../shared/token/kinds.ts';
import type { OpenOptions } from '../../../shared/token/open.ts';
import { sealToken } from '../../../shared/token/seal.ts';

export const random: RandomBytes = { bytes: (length) => new Uint8Array(randomBytes(length)) };

export const NOW = Date.parse('2026-03-02T10:00:00Z');
const iat = NOW / 1000 - 600;

/** The server has a pair of each kind, like a device; its kids are names of the vendor profile. */
export interface Parties {
  readonly device: DeviceKeys;
  readonly server: DeviceKeys;
}

export const SERVER_KIDS = { sign: 'sig-2026', encrypt: 'enc-2026' } as const;

export const makeParties = (source: RandomBytes = random): Parties => ({
  device: makeDeviceKeys(source),
  server: makeDeviceKeys(source),
});

const common = {
  jti: 'AAECAwQFBgcICQoLDA0ODw',
  iat,
  exp: iat + 3600,
  tenantId: 't_0123456789ABCDEFGHIJKL',
  productId: 'prod_0123456789ABCDEFGHIJKL',
};

const models = {
  activation: { id: 'act_1', mode: 'offline', features: [{ key: 'export', active: 1 }], attributes: [] },
  entitlement: { sku: 'STUDIO', plan: { name: 'Yearly' } },
};

export function claimsOf<K extends TokenKind>(kind: K, device: DeviceKeys): ClaimsOf<K> {
  const all: { readonly [Kind in TokenKind]: ClaimsOf<Kind> } = {
    'activation-request': {
      ...common,
      activationCode: 'AB12-CD34-EF56-GH78',
      seatId: 'seat-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      seatName: 'Müller’s laptop',
      fingerprint: { board: 'x'.repeat(43), disk: 'y'.repeat(43) },
      deviceKeys: deviceJwks(device),
    },
    'activation-response': {
      ...common,
      ...models,
      rid: 'EBESExQVFhcYGRobHB0eHw',
      seq: 1,
      licenseFile: 'text',
    },
    refresh: { ...common, ...models, activationId: 'act_1', seq: 2 },
    deactivation: { ...common, activationId: 'act_1', seatId: 'seat-aaaaaaaa', seq: 2 },
  };
  return all[kind];
}

/** Who signs and who reads a kind. */
export const goesToServer = (kind: TokenKind): boolean =>
  kind === 'activation-request' || kind === 'deactivation';

export function keysFor(kind: TokenKind, { device, server }: Parties) {
  const [from, to] = goesToServer(kind) ? [device, server] : [server, device];
  const fromKid = goesToServer(kind) ? device.sign.kid : SERVER_KIDS.sign;
  const toKid = goesToServer(kind) ? SERVER_KIDS.encrypt : device.encrypt.kid;
  return { sign: { ...from.sign, kid: fromKid }, encrypt: { ...to.encrypt, kid: toKid } };
}

/** A token as the one party seals it. Throws if it could not be sealed. */
export function sealed<K extends TokenKind>(
  kind: K,
  parties: Parties,
  claims: ClaimsOf<K> = claimsOf(kind, parties.device),
  source: RandomBytes = random,
): string {
  const { sign, encrypt } = keysFor(kind, parties);
  const result = sealToken({ kind, claims, signWith: sign, encryptTo: encrypt, random: source });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** What the other party opens it with. */
export function readerOf<K extends TokenKind>(kind: K, parties: Parties): OpenOptions<K> {
  const { sign, encrypt } = keysFor(kind, parties);
  return {
    expect: [kind],
    decryptWith: (kid) => (kid === encrypt.kid ? encrypt.secretKey : null),
    verifyWith: (kid) => (kid === sign.kid ? sign.publicKey : null),
    now: NOW,
  };
}
