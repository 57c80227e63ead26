import type { ClientCertificateView } from '../../shared/license/client-certificate.ts';
import type { Vault } from '../vault/types.ts';
import { renewalAt } from './certificate-policy.ts';
import { readChain } from './read-chain.ts';
import {
  identitiesName,
  identitiesSchema,
  identityOf,
  IMPORTED,
  importedSchema,
  NO_IDENTITIES,
} from './records.ts';

/** What may be said of the certificate in a chain; null if it can't be read. */
export function certificateView(
  chain: string,
  source: ClientCertificateView['source'],
): ClientCertificateView | null {
  const read = readChain(chain);
  if (read === null) return null;
  const { leaf, facts } = read;
  return {
    source,
    subject: nameIn(leaf.subject),
    issuer: nameIn(leaf.issuer),
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    renewAt: source === 'enrolled' ? renewalAt(facts) : null,
    fingerprint: leaf.fingerprint256,
  };
}

/** The certificate that calls of an activation show; null = none. Reads the vault without its lock. */
export async function viewCertificate(
  vault: Vault,
  productId: string,
  activationId: string | null,
): Promise<ClientCertificateView | null> {
  const imported = await vault.read(IMPORTED, importedSchema);
  if (imported.ok && imported.value !== null) {
    return certificateView(imported.value.value.chain, 'imported');
  }
  if (activationId === null) return null;
  const own = await vault.read(identitiesName(productId), identitiesSchema);
  const identity = identityOf((own.ok ? own.value?.value : null) ?? NO_IDENTITIES, activationId);
  return identity === undefined ? null : certificateView(identity.chain, 'enrolled');
}

/** Common name, else the whole; control characters out, since it is shown. */
function nameIn(distinguishedName: string): string {
  const lines = distinguishedName.split('\n');
  const common = lines.find((line) => line.startsWith('CN='))?.slice('CN='.length);
  return (common ?? lines.join(', ')).replaceAll(/\p{C}/gu, '').slice(0, 200);
}
