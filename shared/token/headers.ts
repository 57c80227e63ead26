import * as v from 'valibot';
import { fromBase64Url, fromUtf8 } from '../license-file/encoding.ts';
import { parseJsonObject, type JsonObject } from '../license-file/json.ts';
import { x25519JwkSchema } from './keys.ts';
import { kindOfTyp, type TokenKind } from './kinds.ts';

const MAX_HEADER_LENGTH = 2048;

const kid = v.pipe(v.string(), v.nonEmpty(), v.maxLength(64));
const typ = v.pipe(v.string(), v.maxLength(64));

/** What would change the meaning of all the rest; we know no use for it. */
const absent = v.optional(v.never());

const outerSchema = v.object({
  alg: v.literal('ECDH-ES'),
  enc: v.literal('A256GCM'),
  cty: v.literal('JWT'),
  typ,
  kid,
  epk: x25519JwkSchema,
  apu: absent,
  apv: absent,
  zip: absent,
  crit: absent,
});

const innerSchema = v.object({ alg: v.picklist(['Ed25519', 'EdDSA']), typ, kid, crit: absent });

export interface OuterHeader {
  readonly kind: TokenKind;
  readonly kid: string;
  /** The sender's ephemeral public key, 32 bytes. */
  readonly ephemeralKey: Uint8Array;
}

export interface InnerHeader {
  readonly kind: TokenKind;
  readonly kid: string;
}

function parsePart(part: string): JsonObject | null {
  if (part.length > MAX_HEADER_LENGTH) return null;
  const bytes = fromBase64Url(part);
  const json = bytes === null ? null : fromUtf8(bytes);
  return json === null ? null : parseJsonObject(json);
}

/**
 * The protected header of the JWE (RFC 7516, section 4) from its base64url part; null if it isn't one of a Latchkey
 * token. The algorithms are fixed: nothing in a token chooses how it is checked (RFC 8725, section 3.1).
 */
export function readOuterHeader(part: string): OuterHeader | null {
  const parsed = v.safeParse(outerSchema, parsePart(part));
  if (!parsed.success) return null;
  const kind = kindOfTyp(parsed.output.typ);
  const ephemeralKey = fromBase64Url(parsed.output.epk.x);
  return kind === null || ephemeralKey === null ? null : { kind, kid: parsed.output.kid, ephemeralKey };
}

/** The header of the JWS (RFC 7515, section 4) from its base64url part; null if it isn't one of a Latchkey token. */
export function readInnerHeader(part: string): InnerHeader | null {
  const parsed = v.safeParse(innerSchema, parsePart(part));
  if (!parsed.success) return null;
  const kind = kindOfTyp(parsed.output.typ);
  return kind === null ? null : { kind, kid: parsed.output.kid };
}
