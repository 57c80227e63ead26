/**
 * Brings an activation code into the form in which codes are issued: capitals, groups joined by single hyphens.
 * Takes what mail programs, phones and people make of it: spaces, line breaks, lower case, typographic dashes,
 * full-width letters, quotes around it. Letters are never guessed: an O stays an O.
 */
export function normalizeActivationCode(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Pd}_]/gu, '-')
    .replaceAll(/[\s\p{C}"'“”„«»‘’<>.,;:]+/gu, ' ')
    .trim()
    .replaceAll(/[ -]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toUpperCase();
}

/**
 * Whether a normalized text can be an activation code at all. Deliberately generous: a vendor's own format is the
 * server's business; this only spares the user a round trip for an order number or an empty field.
 */
export function looksLikeActivationCode(normalized: string): boolean {
  return (
    normalized.length <= 64 &&
    /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/.test(normalized) &&
    /[A-Z0-9]{4}/.test(normalized) &&
    normalized.replaceAll('-', '').length >= 8
  );
}
