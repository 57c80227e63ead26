import { failure } from '../../shared/errors.ts';
import type { ClientCertificateView } from '../../shared/license/client-certificate.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock, Log } from '../ports.ts';
import type { Secret } from '../support/secret.ts';
import type { Vault } from '../vault/types.ts';
import { chooseIdentity } from './choose-identity.ts';
import { readPem } from './pem-file.ts';
import type { FileContents } from './file-contents.ts';
import { IMPORTED, importedSchema, MAX_CHAIN } from './records.ts';
import { certificateView } from './view.ts';

/** Bytes of a file that can be a certificate with its key and chain. */
export const MAX_CERTIFICATE_FILE = 256 * 1024;

export interface CertificateFile {
  /** A PEM file with certificate and key, or a PKCS #12 file. */
  readonly content: Uint8Array;
  /** PEM of the key, where it is in a file of its own. */
  readonly key?: Uint8Array | undefined;
  /** Empty where the file is not encrypted. */
  readonly passphrase: Secret<'password'>;
}

/** What an administrator does about the client certificate of this device. */
export interface CertificateService {
  /**
   * Takes over the certificate of a file, in the place of one that was imported before. Errors: `notAllowedInState` where
   * the vendor wants none, those of reading the file, and those of the vault
   */
  readonly import: (file: CertificateFile) => Promise<Result<ClientCertificateView>>;
  /** Wipes the one that was imported. Errors: `notAllowedInState` where there is none, and those of the vault */
  readonly remove: () => Promise<Result<null>>;
}

export function createCertificateService(engine: {
  readonly profile: VendorProfile;
  readonly vault: () => Promise<Result<Vault>>;
  readonly clock: Clock;
  readonly log: Log;
}): CertificateService {
  const { profile, clock, log } = engine;
  return {
    import: async (file) => {
      if (profile.api.clientCertificates === 'none') return err(failure('notAllowedInState'));
      const contents = await readFile(file);
      if (!contents.ok) return contents;
      const identity = chooseIdentity(contents.value, clock.now());
      if (!identity.ok) return identity;
      const { chain } = identity.value;
      const view = certificateView(chain, 'imported');
      if (view === null || chain.length > MAX_CHAIN) return err(failure('certificateFileUnreadable'));
      const vault = await engine.vault();
      if (!vault.ok) return vault;
      const written = await vault.value.withLock(async (transaction) => {
        const found = await transaction.read(IMPORTED, importedSchema);
        if (!found.ok && found.error.code !== 'vaultDamaged') return found;
        const revision = (found.ok ? found.value?.revision : undefined) ?? 0;
        const record = { schema: 1, ...identity.value, importedAt: clock.now() } as const;
        return transaction.write(IMPORTED, record, revision);
      });
      log.info('a client certificate was imported', { notAfter: view.notAfter });
      return written.ok ? ok(view) : written;
    },
    remove: async () => {
      const vault = await engine.vault();
      if (!vault.ok) return vault;
      return vault.value.withLock(async (transaction) => {
        const found = await transaction.read(IMPORTED, importedSchema);
        if (!found.ok && found.error.code !== 'vaultDamaged') return found;
        if (found.ok && found.value === null) return err(failure('notAllowedInState'));
        const revision = (found.ok ? found.value?.revision : undefined) ?? 0;
        const removed = await transaction.remove(IMPORTED, revision);
        return removed.ok ? ok(null) : removed;
      });
    },
  };
}

async function readFile({ content, key, passphrase }: CertificateFile): Promise<Result<FileContents>> {
  const isTooLarge = content.length > MAX_CERTIFICATE_FILE || (key?.length ?? 0) > MAX_CERTIFICATE_FILE;
  if (isTooLarge || content.length === 0) return err(failure('certificateFileUnreadable'));
  // A SEQUENCE; text never begins so. The library is loaded only for whoever needs it: not at the start.
  if (content[0] === 0x30) return (await import('./pkcs12.ts')).readPkcs12(content, passphrase);
  const text = [content, ...(key === undefined ? [] : [key])].map((bytes) => Buffer.from(bytes).toString());
  return readPem(text.join('\n'), passphrase);
}
