/**
 * What may be written to a log. Threat: a log is mailed to support, uploaded to a ticket and kept for years; nothing
 * that opens a license may ever be in it, not even by a mistake of a later change. So values are judged by their name
 * and by their form, and anything that isn't plain data is replaced by its kind.
 *
 * This is the second line: secrets are not given to a log in the first place (secret.ts), and what leaves the device is
 * searched for the very values besides (scrub-policy.ts).
 */

const SECRET_NAME =
  /token|nonce|code$|secret|password|passphrase|credential|authorization|cookie|assertion|verifier|key$|keymaterial|username|seatname|hostname|computername|serial|macaddress|machineid/i;
/** Names that end like a secret's and are none. */
const PLAIN_NAME = /^(?:code|errorCode|statusCode|exitCode)$/;

const REDACTED = '[redacted]';

/** A secret by its form, and what stands in its place. */
interface Form {
  readonly form: RegExp;
  readonly by: string;
}

const FORMS: readonly Form[] = [
  { form: /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, by: REDACTED },
  // JSON Web Tokens and JWE: three or five base64url parts (RFC 7515, RFC 7516); also one that was cut off.
  { form: /eyJ[\w-]{6,}(?:\.[\w-]*){1,4}/g, by: REDACTED },
  { form: /\b(?:Bearer|Basic|Digest|Negotiate|NTLM)\s+[^\s"',]+/gi, by: REDACTED },
  // User and password of an address (RFC 3986, section 3.2.1).
  { form: /\/\/[^/\s@"'?#]+@/g, by: `//${REDACTED}@` },
  // Members of a query or a form, a header or an assignment.
  {
    form: /([?&#;](?:code|state|key|user|login)=)[^&\s"'#]+/gi,
    by: `$1${REDACTED}`,
  },
  {
    form: /((?:token|nonce|secret|passw(?:or)?d|passphrase|authorization|cookie|verifier|assertion|api[-_]?key|private[-_]?key|serial(?:[-_ ]?n(?:umber|o))?)\\?["']?\s*[:=]\s*\\?["']?)[^\s"'\\,;&}]+/gi,
    by: `$1${REDACTED}`,
  },
  // Activation codes: three or more groups joined by hyphens, with capitals and digits.
  { form: /\b(?=[A-Z0-9-]*\d)[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8}){2,7}\b/g, by: REDACTED },
  // The same as people type them; a UUID, which tells calls apart, is none.
  {
    form: /(?<![\w-])(?![0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-]))(?=[a-z0-9-]*\d)[a-z0-9]{4,8}(?:-[a-z0-9]{4,8}){3,7}(?![\w-])/gi,
    by: REDACTED,
  },
  // Hardware addresses, with colons, hyphens or dots.
  { form: /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b|\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b/gi, by: '[mac]' },
  // Keys: 16 bytes and more in hexadecimal, 32 and more in base64 (where padding or mixed letters tell them from words).
  { form: /\b[0-9a-f]{32,}\b/gi, by: REDACTED },
  { form: /(?<![\w+/-])[A-Za-z0-9+/]{42,}={1,2}/g, by: REDACTED },
  { form: /(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{43,}/g, by: REDACTED },
  // Folders of users, which are named after them.
  { form: /((?:^|[^\w.])(?:\/home|\/Users)\/)[^/\s"'\\:]+/g, by: '$1[user]' },
  { form: /([A-Z]:(?:\\\\?|\/)Users(?:\\\\?|\/))[^\\/\s"':]+/gi, by: '$1[user]' },
];

const MAX_TEXT = 500;
/** Longer ones are not searched but cut first: nothing that long is written by intent. */
const MAX_SEARCHED = 20_000;
const MAX_DEPTH = 4;

/** Replaces what looks like a secret in a text. */
export function redactForms(text: string): string {
  return FORMS.reduce((clean, { form, by }) => clean.replaceAll(form, by), text);
}

/** Replaces what looks like a secret in a text, and cuts it to a bearable length. */
export function redactText(text: string): string {
  // First replaced, then cut: half a secret has no form to be known by.
  const clean = redactForms(text.slice(0, MAX_SEARCHED));
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}…` : clean;
}

/** A copy of the value that is fit for a log: plain JSON, bounded, without secrets. */
export function redact(value: unknown, name = '', depth = 0): unknown {
  if (SECRET_NAME.test(name) && !PLAIN_NAME.test(name)) {
    return value === null || value === undefined ? null : REDACTED;
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return redactText(value);
  // The message of an error may quote a path, an address or input; its kind and system code may not.
  if (value instanceof Error)
    return 'code' in value ? `${value.name} ${redactText(String(value.code))}` : value.name;
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) return `[${typeof value}]`;
  if (depth >= MAX_DEPTH) return '[…]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, name, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 50)
      .map(([key, child]) => [redactText(key), redact(child, key, depth + 1)]),
  );
}
