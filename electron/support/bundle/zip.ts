import { unzipSync, zipSync } from 'fflate/browser';

/** A text file of a bundle. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** A zip of the files in their order. The same files give the same bytes. */
export function zipFiles(files: readonly TextFile[]): Uint8Array {
  const entries = files.map(({ name, text }) => [name, new TextEncoder().encode(text)] as const);
  // The earliest that a zip can say, which it does in local time.
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(1980, 0, 1), os: 0 });
}

/**
 * The files of a zip that somebody sent. Threat: one that says little and unpacks to more than the memory holds; it is
 * left alone before a byte is unpacked, and each file gets no more room than it said.
 * @param limit bytes that all files may have together
 * @returns null for what is no zip, is damaged, or is too large
 */
export function unzipFiles(bytes: Uint8Array, limit: number): readonly TextFile[] | null {
  let room = limit;
  let isTooLarge = false;
  try {
    const entries = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        room -= originalSize;
        isTooLarge ||= room < 0 || originalSize < 0;
        return !isTooLarge;
      },
    });
    if (isTooLarge) return null;
    return Object.entries(entries).map(([name, content]) => ({
      name,
      text: new TextDecoder().decode(content),
    }));
  } catch {
    return null;
  }
}
