import * as v from 'valibot';
import { caSchema, httpsUrl, pinSchema } from './profile.ts';

/**
 * A Local License Server: another address that speaks the Licensing API, in a network that does not reach the vendor's.
 * It brings its own certificates, so it is recognised by what an administrator hands over with its address: its
 * certificate authority, the pins of its keys, or both.
 */
export const localServerSchema = v.pipe(
  v.strictObject({
    url: v.pipe(
      httpsUrl,
      v.check((value) => new URL(value).search === '', 'must have no query'),
      v.transform((value) => new URL(value).href.replace(/\/+$/, '')),
    ),
    /** PEM of its certificate authority, or of its own certificate where that is self-signed. */
    ca: v.optional(caSchema),
    /** Demanded where there are any. */
    pins: v.pipe(v.array(pinSchema), v.maxLength(10), v.readonly()),
  }),
  v.check(
    ({ ca, pins }) => ca !== undefined || pins.length > 0,
    'needs a certificate or a pin: without one it could be anybody',
  ),
);

export type LocalServer = v.InferOutput<typeof localServerSchema>;

/** Whether two of them are one server; undefined is the vendor's own, in the cloud. */
export function isSameServer(one: LocalServer | undefined, other: LocalServer | undefined): boolean {
  return one?.url === other?.url;
}
