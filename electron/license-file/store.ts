import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { systemCode } from '../support/read-text.ts';
import { writeDurably } from '../support/write-durably.ts';

/** The well-known place of the license files: what the installed software reads with no manager running. */
export interface LicenseFiles {
  /** Where the file of a product lies, whether it is there or not. */
  readonly pathOf: (productId: string) => string;
  /** null where there is none, or none that can be read. */
  readonly read: (productId: string) => Promise<string | null>;
  /** Replaces the file, or removes it. Errors: `fileNotSaved` with the system's code; the old file is then as it was. */
  readonly put: (productId: string, text: string | null) => Promise<Result<null>>;
}

/** `<dir>/<productId>.lic`. */
export function openLicenseFiles(dir: string): LicenseFiles {
  const pathOf = (productId: string) => path.join(dir, `${productId}.lic`);
  return {
    pathOf,
    read: async (productId) => {
      try {
        return await readFile(pathOf(productId), 'utf8');
      } catch {
        return null;
      }
    },
    put: async (productId, text) => {
      const target = pathOf(productId);
      try {
        if (text === null) await rm(target, { force: true });
        else {
          await mkdir(dir, { recursive: true, mode: 0o700 });
          // Under another name first: software that reads just now sees the old file or the new one, never half of it.
          await writeDurably(`${target}.next`, text);
          await rename(`${target}.next`, target);
        }
        return ok(null);
      } catch (error) {
        return err(failure('fileNotSaved', { system: systemCode(error) }));
      }
    },
  };
}
