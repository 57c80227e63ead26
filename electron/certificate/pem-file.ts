import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../support/secret.ts';
import type { FileContents } from './file-contents.ts';

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----[^-]{1,65536}-----END \1-----/g;
const MOST_BLOCKS = 50;

/**
 * Reads certificates and keys out of PEM (RFC 7468), with whatever text stands between them.
 * @param passphrase empty where none was given
 * @returns Errors: `certificateFileUnreadable`, `certificatePassphraseWrong`
 */
export function readPem(text: string, passphrase: Secret<'password'>): Result<FileContents> {
  const blocks = [...text.matchAll(BLOCK)].slice(0, MOST_BLOCKS);
  const certificates: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  for (const [pem, label = ''] of blocks) {
    try {
      if (label === 'CERTIFICATE') certificates.push(new X509Certificate(pem));
      else if (label.endsWith('PRIVATE KEY'))
        keys.push(createPrivateKey({ key: pem, passphrase: passphrase.reveal() }));
    } catch {
      const isEncrypted = label.startsWith('ENCRYPTED') || pem.includes('ENCRYPTED');
      return err(failure(isEncrypted ? 'certificatePassphraseWrong' : 'certificateFileUnreadable'));
    }
  }
  return certificates.length === 0 ? err(failure('certificateFileUnreadable')) : ok({ certificates, keys });
}
