import type { DatabaseSync } from 'node:sqlite';
import { text } from './database.ts';

/** Named values and the catalogue of products. */
export interface SettingStore {
  readonly read: (name: string) => string | null;
  readonly write: (name: string, value: string) => void;
  readonly products: () => readonly { readonly id: string; readonly name: string }[];
  readonly addProduct: (id: string, name: string) => void;
}

export function settingStore(database: DatabaseSync): SettingStore {
  const select = database.prepare('SELECT value FROM setting WHERE name = ?');
  const upsert = database.prepare(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const listProducts = database.prepare('SELECT id, name FROM product ORDER BY rowid');
  const insertProduct = database.prepare('INSERT INTO product (id, name) VALUES (?, ?)');
  return {
    read: (name) => {
      const row = select.get(name);
      return row === undefined ? null : text(row, 'value');
    },
    write: (name, value) => void upsert.run(name, value),
    products: () => listProducts.all().map((row) => ({ id: text(row, 'id'), name: text(row, 'name') })),
    addProduct: (id, name) => void insertProduct.run(id, name),
  };
}
