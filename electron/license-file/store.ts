import { rmSync } from 'node:fs';
import path from 'node:path';
import { failure, type Failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readOwnFile, replaceOwnFile, setOwnFileAside } from '../support/own-file.ts';
import { ensureOwnFolder } from '../vault/directory.ts';
import { fileFailure } from '../vault/file-errors.ts';

/** The well-known place of the license files: what the installed software reads with no manager running. */
export interface LicenseFiles {
  /** Where the file of a product lies, whether it is there or not. */
  readonly pathOf: (productId: string) => string;
  /** null where there is none, or none that can be read. */
  readonly read: (productId: string) => Promise<string | null>;
  /** Replaces the file, or removes it. Errors: `fileNotSaved` with the system's code; the old file is then as it was. */
  readonly put: (productId: string, text: string | null) => Promise<Result<null>>;
  /** Renames what lies there and is no license file, for support to look at; null if there was nothing. */
  readonly setAside: (productId: string) => Promise<Result<string | null>>;
}

const SIZE_LIMIT = 1024 * 1024;

/** The system's code of a failure; what is barred by us is a missing permission to whoever reads it. */
const notSaved = ({ facts }: Failure): Failure =>
  failure('fileNotSaved', { system: facts?.system ?? 'EACCES' });

/**
 * `<dir>/<productId>.lic`, mode 0600 in a folder of 0700: for software that runs as the user who has the license, like
 * everything of this installation. A service under another account activates under its own.
 */
export function openLicenseFiles(dir: string): LicenseFiles {
  const pathOf = (productId: string) => path.join(dir, `${productId}.lic`);
  const put = (target: string, text: string | null): Result<null> => {
    try {
      if (text === null) rmSync(target, { force: true });
      else {
        const folder = ensureOwnFolder(dir);
        if (!folder.ok) return err(notSaved(folder.error));
        // At once: software that reads just now sees the old file or the new one, never half of it.
        const written = replaceOwnFile(target, text);
        if (!written.ok) return err(notSaved(written.error));
      }
      return ok(null);
    } catch (error) {
      return err(notSaved(fileFailure(error)));
    }
  };
  return {
    pathOf,
    read: (productId) => {
      const found = readOwnFile(pathOf(productId), SIZE_LIMIT);
      return Promise.resolve(found.kind === 'text' ? found.text : null);
    },
    put: (productId, text) => Promise.resolve(put(pathOf(productId), text)),
    setAside: (productId) => {
      try {
        const found = readOwnFile(pathOf(productId), SIZE_LIMIT);
        const isThere = found.kind === 'text' || found.kind === 'damaged';
        return Promise.resolve(ok(isThere ? setOwnFileAside(pathOf(productId)) : null));
      } catch (error) {
        return Promise.resolve(err(notSaved(fileFailure(error))));
      }
    },
  };
}
