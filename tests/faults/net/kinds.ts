import type { Call, LicensingApi } from '../../../electron/api/client.ts';
import type { ClientIdentity } from '../../../electron/api/client-identity.ts';
import type { RandomBytes } from '../../../shared/token/keys.ts';
import { givenSession, typedCode } from '../../support/typed-secrets.ts';

/** What must not reach anybody but the verified server. */
export interface Secrets {
  readonly code: string;
  readonly accessToken: string;
  readonly nonce: string;
  readonly proxyPassword: string;
}

export function makeSecrets(random: RandomBytes): Secrets {
  const text = (length: number) => Buffer.from(random.bytes(length)).toString('base64url');
  const group = () => Buffer.from(random.bytes(2)).toString('hex').toUpperCase();
  return {
    code: `ORBIT-${group()}-${group()}-${group()}-${group()}`,
    accessToken: `eyJ${text(24)}.${text(48)}.${text(32)}`,
    nonce: text(24),
    proxyPassword: text(18),
  };
}

export const PRODUCT = 'prod_0000000000000000000001';
const SEAT = 'seat-of-a-device';

/** Every call that the client makes. */
export const KINDS = [
  'activate',
  'state',
  'refresh',
  'entitlement',
  'licenseFile',
  'checkoutFeature',
  'returnFeature',
  'trackFeatureUsage',
  'deactivate',
] as const;
export type Kind = (typeof KINDS)[number];
/** Waiting is the same for all kinds, so not all of them have to. */
export const SOME: readonly Kind[] = ['activate', 'refresh', 'deactivate'];

/** Makes a call of a kind. @param identity the certificate that the device has */
export function callOf(
  kind: Kind,
  api: LicensingApi,
  secrets: Secrets,
  identity?: ClientIdentity,
): Call<unknown> {
  const { code } = secrets;
  const session = { ...givenSession(secrets), identity };
  switch (kind) {
    case 'activate':
      return api.activate(
        {
          productId: PRODUCT,
          seatId: SEAT,
          activationCredentials: { type: 'activationCode', code: typedCode(code) },
        },
        'idempotency-key-1',
        { identity },
      );
    case 'licenseFile':
      return api.licenseFile(session, 'idempotency-key-2');
    case 'checkoutFeature':
    case 'returnFeature':
      return api[kind](session, { key: 'cad', amount: 1 });
    case 'trackFeatureUsage':
      return api.trackFeatureUsage(session, 'reports', 'idempotency-key-3');
    case 'deactivate':
      return api.deactivate(session.accessToken, { identity });
    default:
      return api[kind](session);
  }
}

const ACTIVATION = {
  id: 'act_0000000000000000000001',
  activationMethod: 'activationCode',
  status: 'active',
  leaseExpiry: '2030-04-01T00:00:00.000Z',
  seatId: SEAT,
  activated: '2030-03-01T11:00:00.000Z',
  lastLease: '2030-03-01T11:30:00.000Z',
  mode: 'online',
};
const STATE = { ...ACTIVATION, features: [], attributes: [] };
const PERIOD = { type: 'Day', count: 30 };
const ENTITLEMENT = {
  offeringName: 'Team',
  sku: 'TEAM-3',
  productName: 'Orbit',
  seatCount: 3,
  seatsUsed: 1,
  plan: {
    name: 'Yearly',
    licenseType: 'Subscription',
    licenseStartType: 'Activation',
    licenseDuration: PERIOD,
  },
  gracePeriod: { type: 'None' },
  leasePeriod: PERIOD,
  hasMaintenance: true,
  snapshotDate: '2030-03-01T12:00:00.000Z',
};
const FEATURE = { key: 'cad', type: 'elementPool', active: 1, available: 2, total: 3 };

/** Body of the answer that a call of a kind hopes for. */
function goodBody(kind: Kind): string {
  switch (kind) {
    case 'activate':
      return JSON.stringify({ ...STATE, accessToken: `eyJ${'a'.repeat(30)}.b.c` });
    case 'state':
      return JSON.stringify(STATE);
    case 'refresh':
      return JSON.stringify(ACTIVATION);
    case 'entitlement':
      return JSON.stringify(ENTITLEMENT);
    case 'licenseFile':
      return '-----BEGIN LICENSE FILE-----\nbm90aGluZw==\n-----END LICENSE FILE-----\n';
    case 'deactivate':
      return '';
    default:
      return JSON.stringify(FEATURE);
  }
}

/** What differs from the answer that a call of a kind hopes for. */
export interface AnswerChanges {
  readonly status?: string;
  /** A null takes a field away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string | Buffer;
}

/** The bytes of a whole HTTP answer to a call of a kind. */
export function answerTo(kind: Kind, changes: AnswerChanges = {}): Buffer {
  const good = goodBody(kind);
  const body = Buffer.from(changes.body ?? good);
  const fields: Readonly<Record<string, string | null>> = {
    'Content-Type': kind === 'licenseFile' ? 'text/plain; charset=utf-8' : 'application/json',
    'Content-Length': String(body.length),
    Date: new Date().toUTCString(),
    Connection: 'close',
    ...(kind === 'deactivate' ? {} : { 'N-Nonce': 'next-nonce' }),
    ...changes.headers,
  };
  const status = changes.status ?? (good === '' && changes.body === undefined ? '204 No Content' : '200 OK');
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  if (status.startsWith('204'))
    return Buffer.from(
      [`HTTP/1.1 ${status}`, ...lines.filter((line) => !line.startsWith('Content-')), '', ''].join('\r\n'),
    );
  return Buffer.concat([Buffer.from([`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n')), body]);
}
