import { identitiesName, identitiesSchema, IMPORTED, importedSchema } from '../certificate/records.ts';
import {
  journalName,
  journalSchema,
  licenseRecordSchema,
  type ActivationWish,
  type LicenseRecord,
} from '../license/records.ts';
import type { Result } from '../../shared/result.ts';
import { proxyLoginsSchema } from '../settings/proxy-logins.ts';
import { PROXY_LOGINS } from '../vault/names.ts';
import type { Vault } from '../vault/types.ts';
import type { Known } from './scrub-policy.ts';

/**
 * Every secret of the vault, as far as it opens: what leaves the device is searched for them. What can't be opened here
 * was not opened before either, so that nobody had it to write it down.
 */
export async function readSecrets(
  open: () => Promise<Result<Vault>>,
  productIds: readonly string[],
): Promise<readonly Known[]> {
  const vault = await open();
  if (!vault.ok) return [];
  const known = await Promise.all(
    productIds.map(async (productId) => {
      const record = await vault.value.read(productId, licenseRecordSchema);
      const journal = await vault.value.read(journalName(productId), journalSchema);
      const wish = journal.ok ? journal.value?.value.wish : undefined;
      const enrolled = await vault.value.read(identitiesName(productId), identitiesSchema);
      const identities = enrolled.ok ? enrolled.value?.value : undefined;
      return [
        ...(record.ok && record.value !== null ? secretsOf(record.value.value) : []),
        ...(wish === undefined ? [] : secretsOfWish(wish)),
        ...[...(identities?.identities ?? []), identities?.asked ?? null].flatMap(secretsOfIdentity),
      ];
    }),
  );
  return [...known.flat(), ...(await sharedSecrets(vault.value))];
}

/** Of what all products share. */
async function sharedSecrets(vault: Vault): Promise<readonly Known[]> {
  const imported = await vault.read(IMPORTED, importedSchema);
  const proxies = await vault.read(PROXY_LOGINS, proxyLoginsSchema);
  const logins = proxies.ok ? Object.values(proxies.value?.value.logins ?? {}) : [];
  return [
    ...secretsOfIdentity(imported.ok ? (imported.value?.value ?? null) : null),
    ...logins.flatMap(({ username, password }) => [
      { kind: 'password', value: password.reveal() },
      { kind: 'account', value: username, isName: true },
    ]),
  ];
}

/** The key without the lines around it, so that it is found where they were cut off. */
function secretsOfIdentity(identity: { readonly key: string } | null): readonly Known[] {
  if (identity === null) return [];
  return [{ kind: 'key', value: identity.key.replaceAll(/-----[A-Z ]+-----/g, '').trim() }];
}

function secretsOfWish(wish: ActivationWish): readonly Known[] {
  return [
    'code' in wish
      ? { kind: 'activation code', value: wish.code.reveal() }
      : { kind: 'account', value: wish.account.subject, isName: true },
    ...(wish.seatName === undefined ? [] : [{ kind: 'seat name', value: wish.seatName, isName: true }]),
  ];
}

/** Every secret of a license record, by its kind. */
export function secretsOf(record: LicenseRecord): readonly Known[] {
  const { secrets, releases, withdrawals = [], exchange, activation } = record;
  const keysOf = ({ sign, encrypt }: { readonly sign: string; readonly encrypt: string }) => [sign, encrypt];
  const keys = [
    ...exchange.requests.flatMap(({ keys: pair }) => keysOf(pair)),
    ...(exchange.held === null ? [] : [exchange.held.keys, ...exchange.held.others].flatMap(keysOf)),
  ];
  const tokens = [...exchange.requests, ...exchange.receipts].map(({ token }) => token);
  const left = releases.flatMap(({ wish }) => (wish === undefined ? [] : [wish]));
  const wished = [...left, ...withdrawals, ...exchange.requests];
  const wishes = [...wished, ...(secrets === null ? [] : [secrets.credentials])];
  const codes = wishes.flatMap((wish) => ('code' in wish ? [wish.code.reveal()] : []));
  const subjects = wishes.flatMap((wish) => ('account' in wish ? [wish.account.subject] : []));
  const names = [
    activation?.seatName ?? null,
    activation?.username ?? null,
    ...wished.map(({ seatName }) => seatName ?? null),
  ];
  return [
    ...all('activation code', codes),
    ...all('access token', [
      ...releases.map(({ accessToken }) => accessToken.reveal()),
      ...(secrets === null ? [] : [secrets.accessToken.reveal()]),
    ]),
    ...all('nonce', secrets === null ? [] : [secrets.nonce.reveal()]),
    ...all('key', keys),
    ...all('token', tokens),
    ...subjects.map((value) => ({ kind: 'account', value, isName: true })),
    ...names.flatMap((value) => (value === null ? [] : [{ kind: 'seat name', value, isName: true }])),
  ];
}

function all(kind: string, values: readonly string[]): Known[] {
  return values.map((value) => ({ kind, value }));
}
