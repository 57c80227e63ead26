import * as v from 'valibot';
import { redactText } from './redact-policy.ts';
import { systemCode } from './read-text.ts';

/** What is kept of a crash: enough to find its place in the program, and nothing of what the program was working on. */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

/**
 * `command`: a command failed in a way that nobody has foreseen. `pageGone`: the process of the page ended.
 * `windowStuck`: the window did not answer for a while.
 */
const CRASH_KINDS = ['mainException', 'unhandledRejection', 'pageGone', 'windowStuck', 'command'] as const;
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
    name: WORD.test(error.name) ? error.name : 'Error',
    code: WORD.test(code) && code !== 'unknown' ? code : null,
    frames: framesOf(error),
  };
}

function framesOf({ stack = '', message }: Error): string[] {
  // The stack begins with the message, which may have lines that look like places.
  const at = message === '' ? -1 : stack.indexOf(message);
  const places = at < 0 ? stack : stack.slice(at + message.length);
  const frames = places.split('\n').flatMap((line) => {
    const [, called, place] = FRAME.exec(line) ?? [];
    return place === undefined ? [] : [redactText(called === undefined ? place : `${called} ${place}`)];
  });
  return frames.slice(0, MAX_FRAMES);
}
