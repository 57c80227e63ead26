import { openSync, readFileSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import type { Side } from './label-writes.ts';
import { summarySchema, type Summary } from './summary.ts';
import { VERBS, type Verb } from './verbs.ts';

/**
 * What a life has done, line by line, in a file that outlives it: each line is written before the process goes on, so
 * that a killed one has said all that it did.
 */

const point = v.strictObject({ kind: v.literal('point'), label: v.string() });
const begin = v.strictObject({
  kind: v.literal('begin'),
  verb: v.picklist(VERBS),
  about: v.nullable(v.string()),
});
const done = v.strictObject({ kind: v.literal('done'), code: v.string(), summary: summarySchema });
const end = v.strictObject({ kind: v.literal('end') });
const lineSchema = v.variant('kind', [point, begin, done, end]);

type Line = v.InferOutput<typeof lineSchema>;

export interface Trace {
  readonly write: (line: Line) => void;
}

/** Opens a trace for writing. */
export function openTrace(file: string): Trace {
  const descriptor = openSync(file, 'a');
  return { write: (line) => void writeSync(descriptor, `${JSON.stringify(line)}\n`) };
}

/** An operation that a life has begun. */
export interface Begun {
  readonly verb: Verb;
  /** What it was about, such as the id of a receipt. */
  readonly about: string | null;
}

/** What a life has said. */
export interface Said {
  /** Every point that it came to, in order. */
  readonly points: readonly string[];
  /** Every operation that ended, with the state that was told as done. */
  readonly done: readonly (Begun & { readonly code: string; readonly summary: Summary })[];
  /** The operation that was under way at the end; null = none. */
  readonly underWay: Begun | null;
  /** The verbs under which each point came; a point can come outside of all. */
  readonly verbs: readonly (readonly [string, Verb | null])[];
  /** Whether it came to its own end. */
  readonly ended: boolean;
}

/** Reads what a life has said up to its end. */
export function readTrace(file: string): Said {
  const text = readFileSync(file, 'utf8');
  const points: string[] = [];
  const done: Said['done'][number][] = [];
  const verbs: (readonly [string, Verb | null])[] = [];
  let underWay: Begun | null = null;
  let ended = false;
  // A kill can cut the last line; what has no line end was not said.
  for (const written of text.split('\n').slice(0, -1)) {
    const line = v.parse(lineSchema, JSON.parse(written));
    switch (line.kind) {
      case 'point':
        points.push(line.label);
        verbs.push([line.label, underWay?.verb ?? null]);
        break;
      case 'begin':
        underWay = { verb: line.verb, about: line.about };
        break;
      case 'done':
        if (underWay !== null) done.push({ ...underWay, code: line.code, summary: line.summary });
        underWay = null;
        break;
      case 'end':
        ended = true;
    }
  }
  return { points, done, underWay, verbs, ended };
}

/** The name of a point of a life at which it can be killed. */
export function pointOf(write: string, side: Side): string {
  return `${side} ${write}`;
}
