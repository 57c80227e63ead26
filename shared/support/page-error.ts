import * as v from 'valibot';

const MOST_PLACES = 40;
const LONGEST_PLACE = 300;
const LONGEST_NAME = 80;

/**
 * What the page tells of an error that nobody has foreseen: its kind and where it was thrown. Its message stays in the
 * page, since it may quote what somebody has typed.
 */
export const pageErrorSchema = v.strictObject({
  /** `rejection`: a promise that nobody waited for; the page goes on. */
  how: v.picklist(['exception', 'rejection']),
  name: v.pipe(v.string(), v.maxLength(LONGEST_NAME)),
  /** Lines of its stack, the innermost first. */
  places: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(LONGEST_PLACE))),
    v.maxLength(MOST_PLACES),
    v.readonly(),
  ),
});

export type PageError = v.InferInput<typeof pageErrorSchema>;

/** @param error whatever was thrown */
export function pageErrorOf(how: PageError['how'], error: unknown): PageError {
  if (!(error instanceof Error)) return { how, name: `[${typeof error}]`, places: [] };
  return {
    how,
    name: error.name.slice(0, LONGEST_NAME),
    places: placesOf(error)
      .split('\n')
      .filter((line) => line.trim() !== '' && line.length <= LONGEST_PLACE)
      .slice(0, MOST_PLACES),
  };
}

/** The stack without the message that it begins with, and that may have lines which look like places. */
export function placesOf({ stack = '', message }: Error): string {
  const at = message === '' ? -1 : stack.indexOf(message);
  return at < 0 ? stack : stack.slice(at + message.length);
}
