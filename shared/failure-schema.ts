import * as v from 'valibot';
import { ERROR_CODES, type ErrorCode } from './errors.ts';
import { factsSchema } from './facts.ts';

/** A failure where it crosses a border. */
export const failureSchema = v.strictObject({
  code: v.picklist(ERROR_CODES as readonly [ErrorCode, ...ErrorCode[]]),
  facts: v.optional(factsSchema),
});
