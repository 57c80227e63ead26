import { X509Certificate } from 'node:crypto';
import {
  identitiesName,
  identitiesSchema,
  NO_IDENTITIES,
  type Identities,
} from '../../../electron/certificate/records.ts';
import type { Installation } from './engine.ts';

/** What an installation has of client certificates, for tests of them. */

export async function storedIdentities({ engine, productId }: Installation): Promise<Identities> {
  const vault = await engine.vault();
  if (!vault.ok) throw new Error(vault.error.code);
  const found = await vault.value.read(identitiesName(productId), identitiesSchema);
  if (!found.ok) throw new Error(found.error.code);
  return found.value?.value ?? NO_IDENTITIES;
}

/** The certificates of an installation, oldest first. */
export async function certificatesOf(app: Installation): Promise<readonly X509Certificate[]> {
  return (await storedIdentities(app)).identities.map(({ chain }) => new X509Certificate(chain));
}

export const serialsOf = async (app: Installation) =>
  (await certificatesOf(app)).map(({ serialNumber }) => serialNumber);
