/** Reads at most so many bytes of a file. Rejects with the system's error. */
export type ReadFile = (path: string, maxBytes: number) => Promise<Uint8Array>;

/** Text from bytes as editors save it: UTF-8, or UTF-16 with a byte order mark (Windows). Never throws. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** The operating system's name for what went wrong, such as `EACCES`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
