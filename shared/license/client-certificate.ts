import * as v from 'valibot';

/** What may be said of the certificate that this device shows to the license server. Its key is never part of it. */
export const clientCertificateSchema = v.strictObject({
  /** `enrolled`: the API gave it to this activation; `imported`: an administrator has brought it. */
  source: v.picklist(['enrolled', 'imported']),
  subject: v.pipe(v.string(), v.maxLength(200)),
  issuer: v.pipe(v.string(), v.maxLength(200)),
  notBefore: v.number(),
  notAfter: v.number(),
  /** When it is to be renewed; null = nobody here can. */
  renewAt: v.nullable(v.number()),
  /** SHA-256 of its DER: hexadecimal pairs with colons. */
  fingerprint: v.pipe(v.string(), v.maxLength(100)),
});

export type ClientCertificateView = v.InferOutput<typeof clientCertificateSchema>;
