/** The most characters that a code may have, once it is normalized; the contract and the wire take no more. */
export const LONGEST_CODE = 64;

/** Four groups of four, and what a vendor puts before them, with every dash left out. */
const UNGROUPED = /^([A-Z0-9]{0,12}?)([A-Z0-9]{4})([A-Z0-9]{4})([A-Z0-9]{4})([A-Z0-9]{4})$/;

/**
 * Brings an activation code into the form in which codes are issued: capitals, groups joined by single hyphens.
 * Takes what mail programs, phones and people make of it: spaces, line breaks, lower case, typographic dashes,
 * full-width letters, invisible characters, quotes around it, or no dashes at all. Letters are never guessed: an O
 * stays an O. What can't be part of a code stays too, so that whoever typed it sees what is wrong.
 */
export function normalizeActivationCode(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{C}\p{Variation_Selector}]/gu, '')
    .replaceAll(/[\p{Pd}\u2043\u2212_]/gu, '-')
    .replaceAll(/[\s"'`“”„«»‘’<>.,;:]+/gu, ' ')
    .trim()
    .replaceAll(/[ -]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toUpperCase();
  const groups = UNGROUPED.exec(plain)?.slice(1) ?? [plain];
  return groups.filter((group) => group !== '').join('-');
}

/**
 * Whether a normalized text can be an activation code at all. Deliberately generous: a vendor's own format is the
 * server's business; this only spares the user a round trip for an order number or an empty field.
 */
export function looksLikeActivationCode(normalized: string): boolean {
  return (
    normalized.length <= LONGEST_CODE &&
    /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/.test(normalized) &&
    /[A-Z0-9]{4}/.test(normalized) &&
    normalized.replaceAll('-', '').length >= 8
  );
}
