import * as v from 'valibot';
import { failureSchema } from '../../shared/failure-schema.ts';

/** The success half of an answer, around the channel's own schema. */
export function resultSchema(value: v.GenericSchema) {
  return v.strictObject({ ok: v.literal(true), value });
}

/** The failure half of every answer. */
export const refusalSchema = v.strictObject({ ok: v.literal(false), error: failureSchema });
