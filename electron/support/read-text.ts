import { createReadStream } from 'node:fs';

/** Reads at most so many bytes of a file. Rejects with the system's error. */
export type ReadFile = (path: string, maxBytes: number) => Promise<Uint8Array>;

/** The first bytes of a stream. */
export async function firstBytes(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** `ReadFile` of the file system. */
export const readAtMost: ReadFile = (path, maxBytes) => firstBytes(createReadStream(path), maxBytes);

/** Text from bytes as editors save it: UTF-8, or UTF-16 with a byte order mark (Windows). Never throws. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** The operating system's name for what went wrong, such as `EACCES`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
