import type { KeyObject, X509Certificate } from 'node:crypto';

/** What was found in a file, in no particular order. */
export interface FileContents {
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
}
