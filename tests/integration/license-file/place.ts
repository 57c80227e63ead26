import path from 'node:path';
import {
  createLicenseFileService,
  type CheckedLicense,
  type LicenseFileService,
} from '../../../electron/license-file/service.ts';
import { openLicenseFiles, type LicenseFiles } from '../../../electron/license-file/store.ts';
import type { Log } from '../../../electron/ports.ts';
import type { Failure } from '../../../shared/errors.ts';
import { valueOf } from '../../support/vault.ts';
import type { Installation } from '../license/engine.ts';

/** The license files of an installation, in the place where the application has them. */
export interface Place {
  readonly files: LicenseFiles;
  readonly service: LicenseFileService;
  /** Where the file of the product lies. */
  readonly file: string;
  readonly sync: () => Promise<void>;
  /** What lies there now. */
  readonly lies: () => Promise<string | null>;
  /** @param text null = the file in its place */
  readonly check: (text?: string | null, productId?: string) => Promise<CheckedLicense>;
  readonly whyNot: (text?: string | null, productId?: string) => Promise<Failure>;
}

export function placeOf(app: Installation, changes: { files?: LicenseFiles; log?: Log } = {}): Place {
  const files = changes.files ?? openLicenseFiles(path.join(app.dataDir, 'license-files'));
  const service = createLicenseFileService({ ...app.engine, log: changes.log ?? app.engine.log }, files);
  return {
    files,
    service,
    file: files.pathOf(app.productId),
    sync: () => service.sync(app.productId),
    lies: () => files.read(app.productId),
    check: async (text = null, productId = app.productId) => valueOf(await service.check(productId, text)),
    whyNot: async (text = null, productId = app.productId) => {
      const result = await service.check(productId, text);
      if (result.ok) throw new Error('the file is valid');
      return result.error;
    },
  };
}
