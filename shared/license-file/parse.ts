import { fromBase64, fromBase64Url, fromUtf8 } from './encoding.ts';
import { parseJsonObject } from './json.ts';

export type LicenseKind = 'licenseFile' | 'machineFile' | 'licenseKey';

/** A license file or a signed license key, taken apart. Nothing in it is verified. */
export interface SignedLicense {
  readonly kind: LicenseKind;
  /** As the file says it, such as `aes-256-gcm+ed25519`; `ed25519` for a signed license key. */
  readonly alg: string;
  /** The dataset in whatever form `alg` says: base64, with IV and tag when it is encrypted; base64url in a key. */
  readonly enc: string;
  /** What the signature is made over, as text. */
  readonly signed: string;
  /** null if it is no canonical base64, so that it can't hold. */
  readonly signature: Uint8Array | null;
}

/** Characters; a real one has a few thousand. */
export const MAX_LICENSE_LENGTH = 256 * 1024;

const FORMS = [
  { kind: 'licenseFile', label: 'LICENSE FILE', prefix: 'license/' },
  { kind: 'machineFile', label: 'MACHINE FILE', prefix: 'machine/' },
] as const;

const KEY_PREFIX = 'key/';

/** Base64url with its padding or without: both are found in signed license keys. */
export function fromPaddedBase64Url(text: string): Uint8Array | null {
  const bare = text.replace(/={1,2}$/, '');
  return bare.length < text.length && text.length % 4 !== 0 ? null : fromBase64Url(bare);
}

function parseKey(text: string): SignedLicense | null {
  const [payload = '', signature, ...more] = text.slice(KEY_PREFIX.length).split('.', 3);
  if (signature === undefined || more.length > 0 || fromPaddedBase64Url(payload) === null) return null;
  return {
    kind: 'licenseKey',
    alg: 'ed25519',
    enc: payload,
    signed: KEY_PREFIX + payload,
    signature: fromPaddedBase64Url(signature),
  };
}

/** The first armor of either kind, and what is between its lines, without white space. */
function findArmor(text: string): { readonly form: (typeof FORMS)[number]; readonly body: string } | null {
  const found = FORMS.flatMap((form) => {
    const begin = `-----BEGIN ${form.label}-----`;
    const at = text.indexOf(begin);
    return at === -1 ? [] : [{ form, at, start: at + begin.length }];
  });
  const [first] = found.toSorted((one, other) => one.at - other.at);
  if (first === undefined) return null;
  const end = text.indexOf(`-----END ${first.form.label}-----`, first.start);
  return end === -1 ? null : { form: first.form, body: text.slice(first.start, end).replaceAll(/\s/g, '') };
}

/**
 * Takes a license file (`-----BEGIN LICENSE FILE-----`), machine file or signed license key (`key/...`) apart. White
 * space within the armor and text around it don't matter; everything else is strict.
 * @returns null if the text is none of them, or longer than `MAX_LICENSE_LENGTH`. Doesn't throw.
 */
export function parseLicenseFile(text: string): SignedLicense | null {
  if (text.length > MAX_LICENSE_LENGTH) return null;
  const trimmed = text.trim();
  if (trimmed.startsWith(KEY_PREFIX)) return parseKey(trimmed);
  const armor = findArmor(text);
  const bytes = armor === null ? null : fromBase64(armor.body);
  const json = bytes === null ? null : fromUtf8(bytes);
  const envelope = json === null ? null : parseJsonObject(json);
  if (armor === null || envelope === null) return null;
  const { enc, sig, alg } = envelope;
  if (typeof enc !== 'string' || typeof sig !== 'string' || typeof alg !== 'string') return null;
  const { kind, prefix } = armor.form;
  return { kind, alg, enc, signed: prefix + enc, signature: fromBase64(sig) };
}
