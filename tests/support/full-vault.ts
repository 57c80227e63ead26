import { randomBytes } from 'node:crypto';
import { makeDeviceKey } from '../../electron/certificate/device-key.ts';
import { identitiesName, IMPORTED } from '../../electron/certificate/records.ts';
import { EMPTY_RECORD, JOURNAL_FORM, journalName } from '../../electron/license/records.ts';
import { systemRandom } from '../../electron/platform/system.ts';
import { NO_EXCHANGE } from '../../electron/offline/records.ts';
import { PROXY_LOGINS } from '../../electron/vault/names.ts';
import type { SealableObject, Vault } from '../../electron/vault/types.ts';
import { ok } from '../../shared/result.ts';
import { newActivationCode } from '../licensing-api/secrets.ts';
import type { Secret } from './leaks.ts';
import { valueOf } from './vault.ts';

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Something that only the body of a key in PEM can be known by. */
const bodyOf = (pem: string): string => pem.split('\n').slice(1, -2).join('');

/**
 * Puts a secret of every kind into a vault: what an online activation, an offline exchange, client certificates and a
 * login at a proxy leave there, all at once.
 * @returns each with the kind under which it is known
 */
export async function fillVault(vault: Vault, productId: string): Promise<readonly Secret[]> {
  const code = newActivationCode('ORBIT');
  const wished = newActivationCode('ORBIT');
  const requested = newActivationCode('ORBIT');
  const accessToken = `eyJ${random(60)}.${random(120)}.${random(64)}`;
  const releasedToken = `eyJ${random(60)}.${random(120)}.${random(64)}`;
  const [nonce, token] = [random(32), `eyJ${random(200)}`];
  const keys = { sign: random(32), encrypt: random(32) };
  const held = { sign: random(32), encrypt: random(32) };
  const [enrolled, imported] = [makeDeviceKey(systemRandom), makeDeviceKey(systemRandom)];
  const login = { username: `user-${random(6)}`, password: `gate ${random(9)}` };
  const record = {
    ...EMPTY_RECORD,
    secrets: { accessToken, nonce, credentials: { type: 'activationCode', code } },
    releases: [{ activationId: 'act_1', accessToken: releasedToken, since: 1 }],
    exchange: {
      ...NO_EXCHANGE,
      requests: [
        { id: 'one', madeAt: 1, token, code: requested, seatId: 's', seatName: null, editionId: null, keys },
      ],
      held: { rid: 'one', seq: 1, keys: held, others: [] },
    },
  } satisfies SealableObject;
  const journal = {
    schema: JOURNAL_FORM,
    kind: 'activate',
    wish: { code: wished, seatId: 's' },
    idempotencyKey: 'one',
    startedAt: 1,
  };
  const records: readonly (readonly [string, SealableObject])[] = [
    [productId, record],
    [journalName(productId), journal],
    [
      identitiesName(productId),
      { schema: 1, identities: [{ activationId: 'act_1', key: enrolled, chain: 'chain' }], asked: null },
    ],
    [IMPORTED, { schema: 1, key: imported, chain: 'chain', importedAt: 1 }],
    [PROXY_LOGINS, { schema: 1, logins: { 'http://proxy.example:3128': login } }],
  ];
  const written = await vault.withLock(async (transaction) => {
    for (const [name, value] of records) valueOf(await transaction.write(name, value, 0));
    return ok(undefined);
  });
  valueOf(written);
  const all = (kind: string, values: readonly string[]) => values.map((value) => ({ kind, value }));
  return [
    ...all('activation code', [code, wished, requested]),
    ...all('access token', [accessToken, releasedToken]),
    ...all('nonce', [nonce]),
    ...all('token', [token]),
    ...all('key', [...Object.values(keys), ...Object.values(held), bodyOf(enrolled), bodyOf(imported)]),
    ...all('password', [login.password]),
    ...all('account', [login.username]),
  ];
}
