import type { X509Certificate } from 'node:crypto';
import { failure } from '../../shared/errors.ts';
import type { Instant } from '../../shared/license/types.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ClientIdentity } from '../api/client-identity.ts';
import { problemOfImported } from './certificate-policy.ts';
import type { FileContents } from './file-contents.ts';
import { factsOf } from './read-chain.ts';

const LONGEST_CHAIN = 6;

/**
 * The certificate of a device in a file, with its key and those that lead to its CA.
 * @returns Errors: `certificateFileUnreadable`, `certificateKeyMissing`, `certificateKeyMismatch`,
 * `certificateKeyUnsupported`, `certificateIsAuthority`, `certificateNotForClients`, `clientCertificateExpired`
 */
export function chooseIdentity({ certificates, keys }: FileContents, now: Instant): Result<ClientIdentity> {
  if (certificates.length === 0) return err(failure('certificateFileUnreadable'));
  if (keys.length === 0) return err(failure('certificateKeyMissing'));
  const pairs = certificates.flatMap((leaf) =>
    keys.filter((key) => leaf.checkPrivateKey(key)).map((key) => ({ leaf, key })),
  );
  // An authority's pair may lie beside the device's.
  const [pair = null] = pairs.toSorted((one, other) => Number(one.leaf.ca) - Number(other.leaf.ca));
  if (pair === null) return err(failure('certificateKeyMismatch'));
  const facts = factsOf(pair.leaf);
  const problem = problemOfImported(facts, now);
  if (problem !== null) {
    return err(
      problem === 'clientCertificateExpired' ? failure(problem, { at: facts.notAfter }) : failure(problem),
    );
  }
  return ok({
    key: pair.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chain: chainOf(pair.leaf, certificates)
      .map((certificate) => certificate.toString())
      .join(''),
  });
}

/** The certificate and those that lead from it towards its CA, as far as they are there. */
function chainOf(leaf: X509Certificate, others: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [leaf];
  for (let last: X509Certificate | undefined = leaf; last !== undefined && chain.length < LONGEST_CHAIN;) {
    const child: X509Certificate = last;
    last = others.find(
      (other) =>
        other.ca &&
        !chain.some(({ fingerprint256 }) => fingerprint256 === other.fingerprint256) &&
        child.checkIssued(other) &&
        child.verify(other.publicKey),
    );
    if (last !== undefined) chain.push(last);
  }
  return chain;
}
