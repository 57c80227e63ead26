import type { FastifyRequest } from 'fastify';
import { MAX_TOKEN_LENGTH } from '../offline/armor.ts';

/** What a form of the portal sent. */
export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  /** Text of the uploaded file; null if none was chosen. */
  readonly file: string | null;
  /** Whether something was cut off because it was larger than any token. */
  readonly tooLarge: boolean;
}

/** One more than a token may have, so that what is too large is seen to be; UTF-16 takes two bytes each. */
const MAX_BYTES = 2 * (MAX_TOKEN_LENGTH + 1);
const LIMITS = {
  fileSize: MAX_BYTES,
  fieldSize: MAX_BYTES,
  fieldNameSize: 50,
  files: 1,
  fields: 5,
  parts: 6,
};

/** The text of a file; Windows editors write UTF-16 with a byte order mark. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

async function readMultipart(request: FastifyRequest): Promise<Form> {
  const fields: Record<string, string> = {};
  let file: string | null = null;
  let tooLarge = false;
  for await (const part of request.parts({ limits: LIMITS })) {
    if (part.type === 'file') {
      const chunks: Buffer[] = [];
      for await (const chunk of part.file) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
      tooLarge ||= part.file.truncated;
      // Browsers send an empty part where no file was chosen.
      if (chunks.length > 0) file = decode(Buffer.concat(chunks));
    } else {
      tooLarge ||= part.valueTruncated;
      if (typeof part.value === 'string') fields[part.fieldname] = part.value;
    }
  }
  return { fields, file, tooLarge };
}

/** Reads a form, multipart or urlencoded. @throws an error with a `statusCode` for a body that can't be read */
export async function readForm(request: FastifyRequest): Promise<Form> {
  if (request.isMultipart()) {
    try {
      return await readMultipart(request);
    } catch (cause) {
      // Of a body that ends in the middle the parser says no status; it is the sender's mistake all the same.
      const known = cause instanceof Error && 'statusCode' in cause;
      throw known ? cause : Object.assign(new Error('not multipart', { cause }), { statusCode: 400 });
    }
  }
  const { body } = request;
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const fields = Object.fromEntries(
    entries.filter((it): it is [string, string] => typeof it[1] === 'string'),
  );
  return { fields, file: null, tooLarge: false };
}
