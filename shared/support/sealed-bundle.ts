import * as v from 'valibot';
import { fromBase64Url, fromUtf8 } from '../license-file/encoding.ts';
import { parseJsonObject } from '../license-file/json.ts';
import { splitJwe } from '../token/jwe.ts';
import { BUNDLE_TYPE } from './bundle.ts';

const MAX_HEADER = 2048;

const headerSchema = v.object({
  alg: v.literal('ECDH-ES'),
  enc: v.literal('A256GCM'),
  typ: v.literal(BUNDLE_TYPE),
  kid: v.pipe(v.string(), v.nonEmpty(), v.maxLength(64)),
});

/** The key that an encrypted bundle was made for; null for a text that is none. Decrypts nothing. */
export function keyOfSealedBundle(text: string): string | null {
  const [head = ''] = text.split('.', 1);
  if (head.length > MAX_HEADER || splitJwe(text.trim()) === null) return null;
  const bytes = fromBase64Url(head);
  const json = bytes === null ? null : fromUtf8(bytes);
  const parsed = v.safeParse(headerSchema, json === null ? null : parseJsonObject(json));
  return parsed.success ? parsed.output.kid : null;
}
