import { createHash, generateKeyPairSync, randomBytes, createCipheriv, sign } from 'node:crypto';

/** A vendor whose server writes license files as it likes: for files that the reference server would not write. */
export function otherVendor() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: String(publicKey.export({ format: 'jwk' }).x),
    pem: String(publicKey.export({ format: 'pem', type: 'spki' })),
    /** A file of a dataset, given as JSON or as a value. */
    sign: (dataset: unknown, changes: Changes = {}): string => {
      const json = typeof dataset === 'string' ? dataset : JSON.stringify(dataset);
      const { licenseKey, label = 'LICENSE FILE', prefix = 'license/' } = changes;
      const enc = licenseKey === undefined ? Buffer.from(json).toString('base64') : encrypt(json, licenseKey);
      const alg = changes.alg ?? (licenseKey === undefined ? 'base64+ed25519' : 'aes-256-gcm+ed25519');
      const sig = sign(null, Buffer.from(prefix + enc), privateKey).toString('base64');
      return wrap(JSON.stringify({ enc, sig, alg }), label);
    },
  };
}

export interface Changes {
  /** Encrypts the file. */
  readonly licenseKey?: string;
  readonly alg?: string;
  readonly label?: string;
  /** What stands before `enc` in the text that is signed. */
  readonly prefix?: string;
}

function encrypt(json: string, licenseKey: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(licenseKey).digest(), iv);
  const ciphertext = Buffer.concat([cipher.update(json, 'utf8'), cipher.final()]);
  return [ciphertext, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64')).join('.');
}

/** The armor around an envelope. */
export function wrap(envelope: string, label = 'LICENSE FILE'): string {
  const lines =
    Buffer.from(envelope)
      .toString('base64')
      .match(/.{1,60}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The envelope in an armor. */
export function unwrap(text: string): Record<string, string> {
  const base64 = text.replaceAll(/-----.*-----|\s/g, '');
  return JSON.parse(Buffer.from(base64, 'base64').toString());
}
