import { generateKeyPairSync, randomBytes } from 'node:crypto';
import path from 'node:path';
import * as v from 'valibot';
import { readJson, writePrivateJson } from '../licensing-api/private-file.ts';

/** What the demo keeps of its own beside its servers' folders, made at its first start. */

const secretsSchema = v.strictObject({ password: v.string() });
const bundleKeySchema = v.looseObject({ kty: v.literal('OKP'), crv: v.literal('X25519'), x: v.string() });

/** The id under which the profile names the key. */
const BUNDLE_KEY_ID = 'demo-support';

async function kept<T>(file: string, schema: v.GenericSchema<unknown, T>, make: () => unknown): Promise<T> {
  const known = await readJson(file);
  const value = known ?? make();
  if (known === null) await writePrivateJson(file, value);
  return v.parse(schema, value);
}

/** The password of the demo's account. */
export async function demoPassword(folder: string): Promise<string> {
  const file = path.join(folder, 'account.json');
  const make = () => ({ password: randomBytes(9).toString('base64url') });
  return (await kept(file, secretsSchema, make)).password;
}

export interface BundleKey {
  /** As the vendor profile has it. */
  readonly publicKey: { readonly kid: string; readonly x: string };
  /** Where the private half is, a JSON Web Key (RFC 8037). */
  readonly file: string;
}

/** The key that support bundles are encrypted to. A real vendor keeps its private half away from every customer. */
export async function demoBundleKey(folder: string): Promise<BundleKey> {
  const file = path.join(folder, 'support.jwk');
  const make = () => generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const { x } = await kept(file, bundleKeySchema, make);
  return { publicKey: { kid: BUNDLE_KEY_ID, x }, file };
}
