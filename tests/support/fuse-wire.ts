import { FUSE_SENTINEL } from '../../electron/support/fuse-policy.ts';

/** As Electron comes, and as the package sets it. */
export const DEFAULT_WIRE = '101100011';
export const PACKAGED_WIRE = '010011001';

/** What lies in a binary of Electron where its fuses are: the mark, version, number, one character for each. */
export function fuseWire(wire: string, version = 1): Buffer {
  return Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([version, wire.length]),
    Buffer.from(wire, 'latin1'),
  ]);
}
