import * as v from 'valibot';
import { failureSchema } from './failure-schema.ts';

/** What a person sees of the license server that new activations are taken from. All of it is public. */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

/** Certificates of servers in a file, as they are shown before they are trusted. */
export const serverCertificateSchema = v.strictObject({
  subject: text(300),
  /** SHA-256 of the certificate, hexadecimal in pairs with colons between them. */
  sha256: text(95),
  /** Epoch milliseconds. */
  notBefore: v.number(),
  notAfter: v.number(),
});

/** How a server was when it was last looked at. */
export const serverHealthSchema = v.strictObject({
  at: v.number(),
  /** Why it can't be used; null = it can. */
  failure: v.nullable(failureSchema),
  /** As it states it. */
  apiVersion: v.nullable(text(40)),
  /** End of the certificate that it shows. */
  certificateEnds: v.nullable(v.number()),
  /** Milliseconds that its clock is ahead of this device's. */
  clockAhead: v.nullable(v.number()),
});

export const serverViewSchema = v.strictObject({
  kind: v.picklist(['cloud', 'local']),
  /** Address of a local server; null for the vendor's own. */
  url: v.nullable(text(2048)),
  host: text(300),
  certificates: v.pipe(v.array(serverCertificateSchema), v.readonly()),
  /** Base64 SHA-256 of its keys. */
  pins: v.pipe(v.array(text(44)), v.readonly()),
  /** An administrator has decided it. */
  isManaged: v.boolean(),
  /** Whether the vendor allows another server than its own. */
  isLocalAllowed: v.boolean(),
  /** null = not looked at since the program began. */
  health: v.nullable(serverHealthSchema),
});

export type ServerCertificate = v.InferOutput<typeof serverCertificateSchema>;
export type ServerHealth = v.InferOutput<typeof serverHealthSchema>;
export type ServerView = v.InferOutput<typeof serverViewSchema>;
