import { LABELS, type TokenKind } from './kinds.ts';

const LINE_LENGTH = 64;
const MAX_VALUE_LENGTH = 100;

/** A label as it looks without white space, `BEGINLATCHKEYREFRESH`. */
export const MARKER = new RegExp(
  `(BEGIN|END)LATCHKEY(${Object.values(LABELS)
    .map((label) => label.replace(' ', ''))
    .join('|')})`,
);

/** What takes no room or only separates: all white space, invisible format characters, controls, quoting marks. */
export const BLANKS = /[\s\p{Cf}\p{Cc}>|]/gu;

/** One line for people. A value that would look like the armor itself is left out, or no reader could tell them apart. */
function headerLine([name, value]: readonly [string, string]): readonly string[] {
  const oneLine = value.replaceAll(/[\s\p{Cf}\p{Cc}]+/gu, ' ').trim();
  if (!/^[A-Za-z-]+$/.test(name) || MARKER.test(oneLine.replaceAll(BLANKS, ''))) return [];
  return [`${name}: ${Array.from(oneLine).slice(0, MAX_VALUE_LENGTH).join('')}`];
}

/**
 * The text form of a token, for a file, mail or the clipboard (FORMAT.md, "Armor").
 * @param headers name and value of the lines for people, such as `{Product: 'Signal Studio'}`; nobody signs them
 */
export function armorToken(
  kind: TokenKind,
  jwe: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const label = `LATCHKEY ${LABELS[kind]}`;
  const lines: string[] = [];
  for (let at = 0; at < jwe.length; at += LINE_LENGTH) lines.push(jwe.slice(at, at + LINE_LENGTH));
  return [
    `-----BEGIN ${label}-----`,
    ...Object.entries(headers).flatMap(headerLine),
    '',
    ...lines,
    `-----END ${label}-----`,
    '',
  ].join('\n');
}

/**
 * The text with everything undone that mail, chat and editors do to armor: one run without white space and quoting,
 * every kind of dash a hyphen again. A dash of double width may have been one hyphen or two; the length of the line,
 * 64 where it is whole, tells.
 */
export function flatten(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => {
      const bare = line.replaceAll(BLANKS, '');
      const wide = bare.match(/[–—]/g)?.length ?? 0;
      const doubled = wide > 0 && bare.length + wide === LINE_LENGTH;
      return (doubled ? bare.replaceAll(/[–—]/g, '--') : bare).replaceAll(/[\p{Pd}−]/gu, '-');
    })
    .join('');
}
