/** What mail programs and editors on the way make of a text. The base64url of a token stays; all around it changes. */
type Way = (text: string) => string;

const NBSP = '\u00a0';
const BOM = '\ufeff';
const WIDTH = 72;
/** The length of a full line of armor. */
const FULL_LINE = 64;

const lines = (text: string) => text.trimEnd().split('\n');

/** The lines of one paragraph, filled anew: where a line ended there is a space now, and it ends anywhere else. */
function refill(paragraph: string): string[] {
  const flowing = paragraph.replaceAll('\n', ' ');
  const count = Math.ceil(flowing.length / WIDTH);
  return Array.from({ length: count }, (_, index) => flowing.slice(index * WIDTH, (index + 1) * WIDTH));
}

/** Answered below the quotation: quoted, Windows line ends, trailing spaces, a signature. */
const answered: Way = (text) =>
  [
    `${BOM}Good morning,`,
    '',
    'here is what you asked for.',
    '',
    'On Monday the workshop wrote:',
    ...lines(text).map((line) => `> ${line}  `),
    '',
    'Kind regards',
    '-- ',
    'Workshop, building 4',
    '',
  ].join('\r\n');

/** Forwarded through several hands: nested quoting with spaces that don't break, paragraphs filled anew at 72. */
const forwarded: Way = (text) =>
  [
    `> > Please see below${NBSP}–${NBSP}it is the text for the pump house.`,
    '> >',
    ...text
      .trimEnd()
      .split('\n\n')
      .flatMap((paragraph) => [...refill(paragraph), ''])
      .map((line) => `>${NBSP}> >${NBSP}${line}${NBSP}`),
    '> Sent from the yard',
    '',
  ].join('\r\n');

/** Through a word processor: dashes made longer, a tab before each line, old Macintosh line ends. */
const typeset: Way = (text) =>
  lines(text)
    .map((line) =>
      line.length === FULL_LINE || line.startsWith('-----') ? line.replaceAll('--', '—') : line,
    )
    .map((line) => `\t${line.replaceAll(/(?<!-)-(?!-)/g, '‑')}`)
    .join('\r');

/** From a chat on one line, with invisible marks where it was broken on the screen. */
const chatted: Way = (text) => `Here it is: ${lines(text).join(' \u200b')} – good luck! \u2066`;

export const WAYS = { answered, forwarded, typeset, chatted } as const;

/** A mail program that has dropped a line: no reader can know what stood there. */
export function withoutOneLine(text: string): string {
  const all = text.split('\n');
  return all.filter((_, index) => index !== Math.floor(all.length / 2)).join('\n');
}
