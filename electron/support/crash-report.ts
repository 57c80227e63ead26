import * as v from 'valibot';
import { placesOf, type pageErrorSchema } from '../../shared/support/page-error.ts';
import { redactText } from './redact-policy.ts';
import { systemCode } from './read-text.ts';

/** What is kept of a crash: enough to find its place in the program, and nothing of what the program was working on. */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

/**
 * `mainException`, `unhandledRejection`: an error of the main process that nobody has foreseen; `pageException`,
 * `pageRejection`: the same in the page; `command`: the same in a command. `pageGone`: the process of the page ended.
 * `windowStuck`: the window did not answer for a while.
 */
const CRASH_KINDS = [
  'mainException',
  'unhandledRejection',
  'pageException',
  'pageRejection',
  'pageGone',
  'windowStuck',
  'command',
] as const;
export type CrashKind = (typeof CRASH_KINDS)[number];

export const crashReportSchema = v.strictObject({
  crashVersion: v.literal(1),
  /** ISO 8601, UTC. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  kind: v.picklist(CRASH_KINDS),
  program: v.strictObject({ version: text(40), platform: text(40) }),
  /** Milliseconds since the program started. */
  uptime: v.number(),
  /** Why the page's process ended, in Chromium's word. */
  reason: v.nullable(text(60)),
  error: v.nullable(
    v.strictObject({
      name: text(80),
      /** The operating system's or Node's code, such as `EACCES`. */
      code: v.nullable(text(60)),
      /** Function and place in the program, the innermost first. */
      frames: v.pipe(v.array(text(200)), v.maxLength(40), v.readonly()),
    }),
  ),
});

export type CrashReport = v.InferOutput<typeof crashReportSchema>;

const MAX_FRAMES = 40;
const WORD = /^[\w.$:-]{1,60}$/;

/** A place in the program: function, then the name of the file without its folder, line and column. */
const FRAME = /^\s+at (?:(?:async )?([\w.$<>[\] ]{1,80}) )?\(?(?:[^()]*[\\/])?([\w.-]{1,60}:\d+:\d+)\)?$/;

/**
 * What may be told of an error. Its message stays out: it may quote input, a path, or an answer of the server.
 * @param error whatever was thrown
 */
export function describeError(error: unknown): CrashReport['error'] {
  if (!(error instanceof Error)) return { name: `[${typeof error}]`, code: null, frames: [] };
  const code = systemCode(error);
  return {
    name: wordOf(error.name),
    code: WORD.test(code) && code !== 'unknown' ? code : null,
    frames: framesIn(placesOf(error).split('\n')),
  };
}

/** The same of an error in the page. */
export function describePageError({
  name,
  places,
}: Omit<v.InferOutput<typeof pageErrorSchema>, 'how'>): CrashReport['error'] {
  return { name: wordOf(name), code: null, frames: framesIn(places) };
}

const wordOf = (name: string): string => (WORD.test(name) ? name : 'Error');

function framesIn(places: readonly string[]): string[] {
  const frames = places.flatMap((line) => {
    const [, called, place] = FRAME.exec(line) ?? [];
    return place === undefined ? [] : [redactText(called === undefined ? place : `${called} ${place}`)];
  });
  return frames.slice(0, MAX_FRAMES);
}
