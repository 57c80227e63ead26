import { FUSES, type Fuse } from '../../shared/support/evidence.ts';

/**
 * The fuses of Electron: switches in its binary that a signed program has set once and for all. Where one is not as the
 * package sets it (build/package/fuses.mjs), the program was put together by somebody else, or was tampered with.
 */

/** Marks the place of the fuses in the binary; then come their version, their number, and a character for each. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Fuses that are read at most. */
export const LONGEST_WIRE = 64;
const VERSION = 1;

/** What the package sets, in the order of the wire. */
const PACKAGED: Readonly<Record<Fuse, '0' | '1'>> = {
  runAsNode: '0',
  cookieEncryption: '1',
  nodeOptions: '0',
  nodeInspect: '0',
  asarIntegrity: '1',
  onlyAsar: '1',
  browserSnapshot: '0',
  fileProtocol: '0',
  wasmTrapHandlers: '1',
};

/** The wire that begins in some bytes; null where it is of another version, or not complete. */
export function wireAt(bytes: Uint8Array, at: number): string | null {
  const [version, count = 0] = bytes.subarray(at, at + 2);
  const wire = bytes.subarray(at + 2, at + 2 + count);
  if (version !== VERSION || count === 0 || count > LONGEST_WIRE || wire.length < count) return null;
  return String.fromCharCode(...wire);
}

/**
 * Fuses that are not as the package sets them; one that this Electron does not have counts for nothing.
 * @param wires null where they could not be read
 * @returns null where nothing can be told
 */
export function looseFuses(wires: readonly string[] | null): readonly Fuse[] | null {
  if (wires === null || wires.length === 0) return null;
  const isLoose = (fuse: Fuse, place: number) =>
    wires.some((wire) => wire[place] === (PACKAGED[fuse] === '1' ? '0' : '1'));
  return FUSES.filter(isLoose);
}
