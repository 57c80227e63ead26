import type { LicensingApi } from '../../../electron/api/client.ts';
import type { Sealable, SealableObject, Transaction, Vault } from '../../../electron/vault/types.ts';
import { ok } from '../../../shared/result.ts';
import type { Mutation } from './real-installation.ts';

/** Programs with one thing wrong, each of which the comparison has to notice. */

/** The Licensing API behaves otherwise. */
export function withApi(change: (api: LicensingApi) => Partial<LicensingApi>): Mutation {
  const changed = (api: LicensingApi) => ({ ...api, ...change(api) });
  return { engine: (engine) => ({ ...engine, apiOf: (server) => changed(engine.apiOf(server)) }) };
}

/** Something in the vault is done otherwise than was meant. */
function withTransactions(change: (transaction: Transaction) => Partial<Transaction>): Mutation {
  const around = (vault: Vault): Vault => ({
    ...vault,
    withLock: (work, options) =>
      vault.withLock((transaction) => work({ ...transaction, ...change(transaction) }), options),
  });
  return {
    engine: (engine) => ({
      ...engine,
      vault: async () => {
        const vault = await engine.vault();
        return vault.ok ? ok(around(vault.value)) : vault;
      },
    }),
  };
}

/** What is stored is not what was meant. */
export const withWrites = (change: (name: string, value: SealableObject) => SealableObject): Mutation =>
  withTransactions((transaction) => ({
    write: (name, value, revision) => transaction.write(name, change(name, value), revision),
  }));

const isObject = (value: Sealable | undefined): value is SealableObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes the offline part of a license record. */
const withExchange = (change: (exchange: SealableObject) => SealableObject): Mutation =>
  withWrites((_, value) =>
    isObject(value['exchange']) ? { ...value, exchange: change(value['exchange']) } : value,
  );

export const MUTANTS: Readonly<Record<string, Mutation>> = {
  'a refresh forgets the next nonce': withApi((api) => ({
    refresh: async (session, options) => {
      const answer = await api.refresh(session, options);
      return answer.ok ? ok({ ...answer.value, nonce: session.nonce }) : answer;
    },
  })),
  'an offline deactivation writes no receipt': withExchange((exchange) => ({ ...exchange, receipts: [] })),
  'the mark of time is never kept': withWrites((name, value) =>
    name === 'device' ? { ...value, mark: 0 } : value,
  ),
  'a call that was begun is not written down': withTransactions((transaction) => ({
    write: async (name, value, revision) => {
      if (value['kind'] !== 'call') return transaction.write(name, value, revision);
      const removed = await transaction.remove(name, revision);
      return removed.ok ? ok(0) : removed;
    },
  })),
  'the seat of an earlier activation is forgotten': withWrites((_, value) =>
    'releases' in value ? { ...value, releases: [] } : value,
  ),
  'an older refresh file is taken': withExchange(({ held = null, ...exchange }) => ({
    ...exchange,
    held: isObject(held) ? { ...held, seq: 0 } : held,
  })),
};
