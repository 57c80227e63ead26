import { TOKEN_KINDS, type TokenKind } from './kinds.ts';

/** The text form of tokens (shared/token/FORMAT.md, "Armor"), written anew for this server. */

/** In characters; a token is ASCII, so the damage that people do to it is all that can make bytes more than that. */
export const MAX_TOKEN_LENGTH = 64 * 1024;
const LINE = 64;

const labelOf = (kind: TokenKind) =>
  kind === 'refresh' || kind === 'deactivation' ? kind.toUpperCase() : kind.replace('-', ' ').toUpperCase();

/** What a text holds: the bare JWE, and the kind that its label names (null without armor). */
export interface Dearmored {
  readonly jwe: string;
  readonly label: TokenKind | null;
}

const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
/** `header..iv.ciphertext.tag`; anchored at the start of its run of characters, so that looking for it is linear. */
const JWE = /(?<![\w-])([\w-]+)\.\.([\w-]{16}\.[\w-]+\.[\w-]{22})/;

/** The JWE in a text whose white space and quoting means nothing. */
function findJwe(text: string): string | null {
  const found = JWE.exec(text.replaceAll(/[\s>|]+/g, ''));
  const [, head = '', rest = ''] = found ?? [];
  // Lost line breaks glue what stood before to the header, which begins with `{"`.
  const start = head.indexOf('eyJ');
  return start < 0 ? null : `${head.slice(start)}..${rest}`;
}

/** Hyphens again. A long dash may have been two of them; a line that then has its 64 characters tells. */
function undash(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const long = line.match(/[\u2013\u2014]/g)?.length ?? 0;
      const bare = line.replaceAll(/[\s>|]+/g, '').length;
      const doubled = long > 0 && bare + long === LINE;
      return (doubled ? line.replaceAll(/[\u2013\u2014]/g, '--') : line).replaceAll(DASHES, '-');
    })
    .join('\n');
}

/** The JWE in a text, whatever mail, chat and editors made of it. @returns null if there is none */
export function dearmor(text: string): Dearmored | null {
  const plain = undash(text.replaceAll(INVISIBLE, '').replaceAll(/\r\n?/g, '\n'));
  const begin = /-+[\s>]*BEGIN[\s>]+LATCHKEY[\s>]+((?:[A-Z]+[\s>]+)?[A-Z]+)[\s>]*-+/.exec(plain);
  if (begin === null) {
    const jwe = findJwe(plain);
    return jwe === null ? null : { jwe, label: null };
  }
  const name = (begin[1] ?? '').replaceAll(/[\s>]+/g, ' ');
  const label = TOKEN_KINDS.find((kind) => labelOf(kind) === name);
  if (label === undefined) return null;
  const rest = plain.slice(begin.index + begin[0].length);
  const end = /-+[\s>]*END[\s>]+LATCHKEY/.exec(rest);
  const inside = end === null ? rest : rest.slice(0, end.index);
  // After the first empty line there are no headers any more; without one everything is looked through.
  const blank = /\n[ \t>\u00a0]*\n/.exec(inside.trimStart());
  const body = blank === null ? null : findJwe(inside.trimStart().slice(blank.index));
  const jwe = body ?? findJwe(inside);
  return jwe === null ? null : { jwe, label };
}

/** Armors a token. @param headers `Name: value` for people; a value can't look like a line of the armor */
export function armor(kind: TokenKind, jwe: string, headers: Readonly<Record<string, string>>): string {
  const label = `LATCHKEY ${labelOf(kind)}`;
  const names = Object.entries(headers).map(
    ([name, value]) => `${name}: ${value.replaceAll(/\s+/g, ' ').replaceAll(/-{2,}/g, '-')}`,
  );
  const lines = jwe.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...names, '', ...lines, `-----END ${label}-----`, ''].join('\n');
}
