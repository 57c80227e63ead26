import { sha256 } from '@noble/hashes/sha2.js';
import { failure } from '../errors.ts';
import { toBase64Url, utf8 } from '../license-file/encoding.ts';
import { err, ok, type Result } from '../result.ts';
import { MAX_JWE_LENGTH } from './limits.ts';

/** Characters that a phone still reads from one code on a screen. */
export const MAX_PART_LENGTH = 900;
export const MAX_CODES = 20;

const MAX_SERIES = 8;
const ID_LENGTH = 8;
const CODE = /^LK1\/([A-Za-z0-9_-]{8})\/([1-9]\d?)\/([1-9]\d?)\/([A-Za-z0-9_.-]{1,900})$/;
const BARE = /^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

const idOf = (jwe: string): string => toBase64Url(sha256(utf8(jwe))).slice(0, ID_LENGTH);

/**
 * The texts of the QR codes that carry a token: the bare JWE where it fits one code, else a numbered series.
 * @returns `tokenTooLarge` if it takes more than 20 codes
 */
export function splitForQr(jwe: string): Result<readonly string[]> {
  const count = Math.ceil(jwe.length / MAX_PART_LENGTH);
  if (count > MAX_CODES) return err(failure('tokenTooLarge'));
  if (count <= 1) return ok([jwe]);
  const id = idOf(jwe);
  // Even parts: all codes have the same number of modules, so that what reads the first reads them all.
  const size = Math.ceil(jwe.length / count);
  return ok(
    Array.from(
      { length: count },
      (_, index) => `LK1/${id}/${index + 1}/${count}/${jwe.slice(index * size, (index + 1) * size)}`,
    ),
  );
}

interface Series {
  readonly id: string;
  readonly total: number;
  readonly parts: ReadonlyMap<number, string>;
}

/** What has been read so far. Parts of different tokens lie apart and are never joined. */
export type QrCollection = readonly Series[];

export interface QrProgress {
  readonly collection: QrCollection;
  /** The bare JWE; null while codes are missing. */
  readonly jwe: string | null;
  /** Numbers (from 1) of the codes still to be read of the series that this code belongs to, and how many it has. */
  readonly missing: readonly number[];
  readonly total: number;
}

const missingOf = ({ total, parts }: Series): readonly number[] =>
  Array.from({ length: total }, (_, index) => index + 1).filter((number) => !parts.has(number));

/**
 * Adds the text of one code to those read before, in any order and any number of times.
 * @param collection `[]` at the beginning
 * @returns `qrUnreadable` for a text that is none of ours, that contradicts another of its series, or that completes a
 *   series whose digest is not the one that its id names
 */
export function collectQr(collection: QrCollection, text: string): Result<QrProgress> {
  const trimmed = text.trim();
  if (trimmed.length <= MAX_JWE_LENGTH && BARE.test(trimmed)) {
    return ok({ collection, jwe: trimmed, missing: [], total: 1 });
  }
  const [, id = '', index, count, part = ''] = CODE.exec(trimmed) ?? [];
  const number = Number(index);
  const total = Number(count);
  if (!(number <= total && total <= MAX_CODES)) return err(failure('qrUnreadable'));

  const known = collection.find((series) => series.id === id) ?? { id, total, parts: new Map() };
  const before = known.parts.get(number);
  if (known.total !== total || (before !== undefined && before !== part)) return err(failure('qrUnreadable'));
  const series: Series = { id, total, parts: new Map([...known.parts, [number, part]]) };
  const others = collection.filter((other) => other.id !== id).slice(-(MAX_SERIES - 1));
  const missing = missingOf(series);
  if (missing.length > 0) return ok({ collection: [...others, series], jwe: null, missing, total });

  const jwe = missingOf({ ...series, parts: new Map() })
    .map((wanted) => series.parts.get(wanted) ?? '')
    .join('');
  return idOf(jwe) === id ? ok({ collection: others, jwe, missing, total }) : err(failure('qrUnreadable'));
}

/**
 * Joins the texts of several codes, as read from images that were chosen together.
 * @returns the first token that is complete; `qrIncomplete` (facts.count: how many codes are missing of the series that
 *   is nearest to complete), `qrUnreadable` if none of the texts is ours
 */
export function joinQr(texts: readonly string[]): Result<string> {
  let collection: QrCollection = [];
  for (const text of texts) {
    const added = collectQr(collection, text);
    if (!added.ok) continue;
    if (added.value.jwe !== null) return ok(added.value.jwe);
    ({ collection } = added.value);
  }
  const missing = collection.map((series) => missingOf(series).length);
  if (missing.length === 0) return err(failure('qrUnreadable'));
  return err(failure('qrIncomplete', { count: Math.min(...missing) }));
}
