// Facts that are read from left to right stand in an isolate (U+2066 to U+2069), or their dots and colons would
// jump; the name of an issuer may be in any script and takes the direction of its first letter (U+2068).
export const ltr = (argument: string) => `\u2066{${argument}}\u2069`;

// The host stands in apposition, so that one text serves every case of the noun before it.
export const host = `{host, select, none {} other { ${ltr('host')}}}`;
export const issuer = '«\u2068{issuer}\u2069»';
export const onDay = '{atKnown, select, yes { في {at, date, day}} other {}}';
export const onDayOrSoon = '{atKnown, select, yes { في {at, date, day}} other { قريبًا}}';
/** How long to wait, told at the moment when it is asked for. */
export const wait =
  '{longWait, select, yes {{minutes, plural, =-1 {حاول مرة أخرى بعد قليل.} zero {حاول مرة أخرى الآن.} one {حاول مرة أخرى بعد دقيقة واحدة.} two {حاول مرة أخرى بعد دقيقتين.} few {حاول مرة أخرى بعد # دقائق.} many {حاول مرة أخرى بعد # دقيقة.} other {حاول مرة أخرى بعد # دقيقة.}}} other {{seconds, plural, =-1 {حاول مرة أخرى بعد قليل.} zero {حاول مرة أخرى الآن.} one {حاول مرة أخرى بعد ثانية واحدة.} two {حاول مرة أخرى بعد ثانيتين.} few {حاول مرة أخرى بعد # ثوانٍ.} many {حاول مرة أخرى بعد # ثانية.} other {حاول مرة أخرى بعد # ثانية.}}}}';
/** The same told later. */
export const waitUntil = '{untilKnown, select, yes {بعد {until, date, moment}} other {بعد حين}}';
export const proxy = `{proxy, select, none { لهذه الشبكة} other { ${ltr('proxy')}}}`;
