/**
 * What may be written to a log. Threat: a log is mailed to support, uploaded to a ticket and kept for years; nothing
 * that opens a license may ever be in it, not even by a mistake of a later change. So values are judged by their name
 * and by their form, and anything that isn't plain data is replaced by its kind.
 */

const SECRET_NAME =
  /token|nonce|code$|secret|password|credential|authorization|cookie|(?:^|[a-z])key$|keymaterial|username|seatname/i;
/** Names that end like a secret's and are none. */
const PLAIN_NAME = /^(?:code|errorCode|statusCode|exitCode)$/;

const SECRET_FORMS = [
  // JSON Web Tokens and JWE: three or five base64url parts (RFC 7515, RFC 7516).
  /eyJ[\w-]{6,}(?:\.[\w-]*){2,4}/g,
  // Activation codes: three or more groups joined by hyphens, with capitals and digits.
  /\b(?=[A-Z0-9-]*\d)[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8}){2,7}\b/g,
  /Bearer\s+\S+/gi,
  /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g,
];

const REDACTED = '[redacted]';
const MAX_TEXT = 500;
const MAX_DEPTH = 4;

/** Replaces what looks like a secret in a text, and cuts it to a bearable length. */
export function redactText(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return SECRET_FORMS.reduce((clean, form) => clean.replaceAll(form, REDACTED), cut);
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
      .map(([key, child]) => [key, redact(child, key, depth + 1)]),
  );
}
