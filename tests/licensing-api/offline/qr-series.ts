import { createHash } from 'node:crypto';

/** A token as a numbered series of QR codes (shared/token/FORMAT.md, "QR codes"), written anew for this server. */

const PART = 900;
const MAX_CODES = 20;

const digestOf = (jwe: string) => createHash('sha256').update(jwe).digest('base64url').slice(0, 8);

/** The texts of the codes; null if the token needs more of them than anybody would scan. */
export function splitIntoCodes(jwe: string): readonly string[] | null {
  const count = Math.ceil(jwe.length / PART);
  if (count > MAX_CODES) return null;
  // Equal parts make equally fine codes: the phone is held at one distance for all of them.
  const size = Math.ceil(jwe.length / count);
  const id = digestOf(jwe);
  return Array.from({ length: count }, (_, index) => {
    const part = jwe.slice(index * size, (index + 1) * size);
    return `LK1/${id}/${index + 1}/${count}/${part}`;
  });
}

/** What was pasted from a phone's scanner. */
export type JoinedCodes =
  | { readonly kind: 'none' }
  | { readonly kind: 'complete'; readonly jwe: string }
  | { readonly kind: 'incomplete'; readonly missing: readonly number[]; readonly count: number }
  | { readonly kind: 'wrong' };

/** Joins the codes of one series, in any order, some of them more than once. */
export function joinCodes(text: string): JoinedCodes {
  const begin = /LK1\/[\w-]{8}\/\d{1,2}\/\d{1,2}\//g;
  const squeezed = text.replaceAll(/[\s\u200b\ufeff]+/g, '');
  const starts = [...squeezed.matchAll(begin)].map((it) => it.index);
  if (starts.length === 0) return { kind: 'none' };
  const parts = new Map<number, string>();
  let series = '';
  for (const [index, start] of starts.entries()) {
    const [, id = '', number = '', count = '', part = ''] =
      /^LK1\/([\w-]{8})\/(\d+)\/(\d+)\/([\w.-]*)/.exec(squeezed.slice(start, starts[index + 1])) ?? [];
    const known = parts.get(Number(number));
    if ((series !== '' && series !== `${id}/${count}`) || (known !== undefined && known !== part)) {
      return { kind: 'wrong' };
    }
    series = `${id}/${count}`;
    parts.set(Number(number), part);
  }
  const [id = '', total = ''] = series.split('/');
  const count = Number(total);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  if (count < 1 || count > MAX_CODES || parts.size > count) return { kind: 'wrong' };
  const missing = numbers.filter((number) => !parts.has(number));
  if (missing.length > 0) return { kind: 'incomplete', missing, count };
  const jwe = numbers.map((number) => parts.get(number)).join('');
  return digestOf(jwe) === id ? { kind: 'complete', jwe } : { kind: 'wrong' };
}
