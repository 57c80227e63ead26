import * as v from 'valibot';
import { TOKEN_KINDS } from './token/kinds.ts';

/**
 * Facts that may be shown to anyone beside a sentence. The list is closed so that nothing secret can ride along:
 * no free text from a server, a file or an exception ever becomes a fact.
 */
export const factsSchema = v.strictObject({
  /** The instant that the sentence speaks of, epoch milliseconds. */
  at: v.optional(v.number()),
  /** Seconds to wait before the next try, from `Retry-After`. */
  retryAfterSeconds: v.optional(v.number()),
  /** Host and port that was called. */
  host: v.optional(v.pipe(v.string(), v.maxLength(300))),
  /** Host and port of the proxy on the way; never a login. */
  proxy: v.optional(v.pipe(v.string(), v.maxLength(300))),
  /** Common name of whoever issued a certificate that was not trusted. */
  issuer: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** Path of a field that was refused, such as `api.pins.0`, with the rule it breaks. */
  field: v.optional(v.pipe(v.string(), v.maxLength(300))),
  /** HTTP status of the answer. */
  status: v.optional(v.number()),
  /** Joins this event with the log here and the log of the server. */
  correlationId: v.optional(v.pipe(v.string(), v.maxLength(64))),
  /** Name of an operating-system error, such as `EACCES`. */
  system: v.optional(v.pipe(v.string(), v.maxLength(40))),
  /** Names of device factors, such as `mac`. */
  factors: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.readonly())),
  /** What a token turned out to be. */
  tokenKind: v.optional(v.picklist(TOKEN_KINDS)),
  /** The license was given to try the product: it ends like a subscription, and is not renewed but bought. */
  isTrial: v.optional(v.literal(true)),
  /** How many of something: seats, minutes; the sentence says of what. */
  count: v.optional(v.number()),
});

export type Facts = v.InferOutput<typeof factsSchema>;
