import * as v from 'valibot';
import { VERBS, type Verb } from './verbs.ts';

/** One life as it can be lived again. */
export interface Step {
  readonly towards: Verb | null;
  /** How many points it came to before it died there; null = it came to its own end. */
  readonly count: number | null;
  /** Whether the device was repaired and compared with the server afterwards. */
  readonly isChecked: boolean;
}

/** A folder and its lives: all that has to be known to find the same again. */
export interface Replay {
  readonly seed: string;
  readonly steps: readonly Step[];
}

const verb = v.picklist(VERBS);
const STEP = /^(-|[a-zA-Z]+):(-|\d+)(c?)$/;

/** As it stands on the command line. */
export function replayText({ seed, steps }: Replay): string {
  const texts = steps.map(
    ({ towards, count, isChecked }) => `${towards ?? '-'}:${count ?? '-'}${isChecked ? 'c' : ''}`,
  );
  return `${seed}@${texts.join(',')}`;
}

/** null = no such text. */
export function parseReplay(text: string): Replay | null {
  const at = text.lastIndexOf('@');
  const steps = text
    .slice(at + 1)
    .split(',')
    .map((step) => {
      const found = STEP.exec(step);
      if (found === null) return null;
      const [, towards, count, checked] = found;
      if (towards !== '-' && !v.is(verb, towards)) return null;
      return {
        towards: towards === '-' ? null : towards,
        count: count === '-' ? null : Number(count),
        isChecked: checked === 'c',
      };
    });
  const known = steps.filter((step) => step !== null);
  return at < 1 || known.length < steps.length ? null : { seed: text.slice(0, at), steps: known };
}
