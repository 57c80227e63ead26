import { access } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { KeyProtection } from './key-protection.ts';
import { loadKeys, type Keys } from './keys.ts';
import { readJson } from './private-file.ts';

/**
 * What a Local License Server has in common with the vendor's own: tenant, catalogue, the keys that licenses are signed
 * and requests encrypted with, and the salt. Address, certificates, entitlements and everything else are its own.
 */
export interface VendorIdentity {
  readonly tenantId: string;
  readonly products: readonly { readonly id: string; readonly name: string }[];
  readonly keys: Pick<Keys, 'signing' | 'encryption' | 'fingerprintSalt'>;
}

const profileSchema = v.object({
  tenantId: v.string(),
  products: v.array(v.object({ productId: v.string(), name: v.string() })),
});

/**
 * Reads it from the data folder of the vendor's own server.
 * @throws an Error with one clear sentence if the folder is none or its keys can't be opened
 */
export async function vendorIdentityIn(
  dataDir: string,
  protection: KeyProtection | null,
): Promise<VendorIdentity> {
  const profile = v.safeParse(profileSchema, await readJson(path.join(dataDir, 'vendor-profile.json')));
  const hasKeys = await access(path.join(dataDir, 'keys.json')).then(
    () => true,
    () => false,
  );
  if (!profile.success || !hasKeys) {
    throw new Error(`${dataDir} is not the folder of a reference Licensing API that has run.`);
  }
  const { signing, encryption, fingerprintSalt } = await loadKeys(dataDir, new Date(), protection);
  const { tenantId, products } = profile.output;
  return {
    tenantId,
    products: products.map(({ productId, name }) => ({ id: productId, name })),
    keys: { signing, encryption, fingerprintSalt },
  };
}
