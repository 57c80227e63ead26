import * as v from 'valibot';
import { isJsonObject } from '../../shared/license-file/json.ts';
import type { JsonObject } from './types.ts';

/** Turns a record of one form into one of the next. Total: it is given whatever was stored under that number. */
type Step = (record: JsonObject) => JsonObject;

/**
 * The steps of a kind of record: `steps[1]` makes form 2 of form 1, and so on. Forward only. A form that a released
 * version has written stays here for ever, with a stored record of it under tests/fixtures/vault.
 */
export type Steps = Readonly<Record<number, Step>>;

/** The issue that tells a record of a later version from a damaged one. */
const NEWER = 'record form of a later version';

/**
 * The schema of a record that knows its earlier forms, by the number in its field `schema`. What was read is brought
 * to the current form before it is checked; it is stored in that form by the next write.
 * @param current the number of the form that is written now
 * @param schema of the current form
 */
export function versioned<T>(
  current: number,
  steps: Steps,
  schema: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, T> {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      let record = dataset.value;
      for (let form = formOf(record); form < current; form = formOf(record)) {
        const step = steps[form];
        if (step === undefined || !isJsonObject(record)) break;
        record = { ...step(record as JsonObject), schema: form + 1 };
      }
      if (formOf(record) <= current) return record;
      // Never a repair: what a later version has added would be lost by it.
      addIssue({ message: NEWER });
      return NEVER;
    }),
    schema,
  );
}

/** Whether a schema made by `versioned` has refused a record because a later version has written it. */
export function isNewer(issues: readonly v.BaseIssue<unknown>[]): boolean {
  return issues.some(({ message }) => message === NEWER);
}

/** The number of a record's form; 0 where there is none, which no step begins at. */
function formOf(record: unknown): number {
  const form = isJsonObject(record) ? record['schema'] : null;
  return typeof form === 'number' && Number.isSafeInteger(form) && form > 0 ? form : 0;
}
