/**
 * The whole of a body, unless it is longer than it may be: then it is read no further.
 * @param most bytes
 * @returns null if there is more
 * @throws what the stream ends with
 */
export async function readCapped(
  body: AsyncIterable<Buffer>,
  most: number,
): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
