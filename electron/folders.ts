import path from 'node:path';

/** Absolute paths of what an installation consists of. */
export interface Folders {
  readonly data: string;
  readonly vault: string;
  readonly licenseFiles: string;
}

export function foldersOf(dataDir: string): Folders {
  return {
    data: dataDir,
    vault: path.join(dataDir, 'vault'),
    licenseFiles: path.join(dataDir, 'license-files'),
  };
}
