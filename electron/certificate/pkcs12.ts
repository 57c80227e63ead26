import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import * as pkijs from 'pkijs';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../support/secret.ts';
import type { FileContents } from './file-contents.ts';
import { decrypt, isOpenedBy, octetsOf, Unsupported } from './pkcs12-decrypt.ts';

/**
 * Reads a PKCS #12 file (RFC 7292), as administrators export them: AES with PBKDF2 (PBES2), or 3DES as Windows still
 * does; RC2 of forty bits is not read. The structure, which is BER and older than most of us, is a library's business.
 */

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const MOST_BAGS = 50;

/**
 * @param passphrase empty where none was given
 * @returns Errors: `certificateFileUnreadable`, `certificatePassphraseWrong`, `certificateProtectionUnsupported`
 */
export function readPkcs12(bytes: Uint8Array, passphrase: Secret<'password'>): Result<FileContents> {
  let opened: { readonly content: Buffer; readonly isChecked: boolean };
  try {
    const file = pkijs.PFX.fromBER(Uint8Array.from(bytes));
    if (file.authSafe.contentType !== DATA) return err(failure('certificateProtectionUnsupported'));
    const content = octetsOf(file.authSafe.content);
    const { macData } = file;
    if (macData !== undefined && !isOpenedBy(macData, content, passphrase)) {
      return err(failure('certificatePassphraseWrong'));
    }
    opened = { content, isChecked: macData !== undefined };
  } catch (error) {
    return err(
      failure(
        error instanceof Unsupported ? 'certificateProtectionUnsupported' : 'certificateFileUnreadable',
      ),
    );
  }
  try {
    return ok(contentsOf(opened.content, passphrase));
  } catch (error) {
    if (error instanceof Unsupported) return err(failure('certificateProtectionUnsupported'));
    return err(failure(opened.isChecked ? 'certificateFileUnreadable' : 'certificatePassphraseWrong'));
  }
}

function contentsOf(content: Buffer, passphrase: Secret<'password'>): FileContents {
  const { safeContents } = pkijs.AuthenticatedSafe.fromBER(Uint8Array.from(content));
  const bags = safeContents.flatMap(
    (info) => pkijs.SafeContents.fromBER(Uint8Array.from(plainOf(info, passphrase))).safeBags,
  );
  if (bags.length > MOST_BAGS) throw new Error('too many bags');
  const certificates: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  for (const { bagValue } of bags) {
    if (bagValue instanceof pkijs.CertBag && bagValue.parsedValue instanceof pkijs.Certificate) {
      certificates.push(new X509Certificate(Buffer.from(bagValue.parsedValue.toSchema().toBER())));
    } else if (bagValue instanceof pkijs.PKCS8ShroudedKeyBag) {
      const key = decrypt(bagValue.encryptionAlgorithm, octetsOf(bagValue.encryptedData), passphrase);
      keys.push(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
    } else if (bagValue instanceof pkijs.PrivateKeyInfo) {
      const key = Buffer.from(bagValue.toSchema().toBER());
      keys.push(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
    }
  }
  return { certificates, keys };
}

function plainOf(info: pkijs.ContentInfo, passphrase: Secret<'password'>): Buffer {
  if (info.contentType === DATA) return octetsOf(info.content);
  if (info.contentType !== ENCRYPTED_DATA) throw new Unsupported();
  const { encryptedContentInfo } = new pkijs.EncryptedData({ schema: info.content as unknown });
  const encrypted = Buffer.from(encryptedContentInfo.getEncryptedContent());
  return decrypt(encryptedContentInfo.contentEncryptionAlgorithm, encrypted, passphrase);
}
