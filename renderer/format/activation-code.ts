/** The contract's cap on a code (shared/contract.ts, `license.activate`). */
export const LONGEST_CODE = 64;

const DASHES = /[\u2010-\u2015\u2043\u2212\u301c\u3030\ufe58\ufe63\uff0d]/g;
const NOISE = /[\s\p{Cc}\p{Cf}\p{Variation_Selector}"'`<>“”„‘’«»]/gu;
const UNGROUPED = /^([A-Z0-9]{0,12}?)([A-Z0-9]{4})([A-Z0-9]{4})([A-Z0-9]{4})([A-Z0-9]{4})$/;

/**
 * Tidies what somebody typed or pasted into the way codes are printed: upper case, plain dashes, no spaces, quotes or
 * invisible characters, in groups of four. It only dresses the text; whether it is a code, the main process says.
 * Characters that can't be part of a code stay, so that the person sees what is wrong.
 */
export function tidyCode(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .replace(DASHES, '-')
    .replace(NOISE, '')
    .toUpperCase()
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  const groups = UNGROUPED.exec(plain);
  if (groups === null) return plain;
  return groups
    .slice(1)
    .filter((group) => group !== '')
    .join('-');
}
