import { failure, type Failure } from '../../shared/errors.ts';
import { flatten } from '../../shared/token/armor.ts';
import type { TokenKind } from '../../shared/token/kinds.ts';
import { collectQr, type QrCollection } from '../../shared/token/qr-series.ts';
import { recogniseToken } from '../../shared/token/recognise.ts';

/** What was dropped, pasted or chosen, once it has been read. */
export type Found =
  | { readonly found: 'token'; readonly kind: TokenKind; readonly jwe: string }
  /** Codes of a series that has gaps still. */
  | {
      readonly found: 'parts';
      readonly collection: QrCollection;
      readonly missing: readonly number[];
      readonly total: number;
    }
  /** With the codes that are still good for something. */
  | { readonly found: 'nothing'; readonly failure: Failure; readonly collection: QrCollection };

/** The response is what somebody wants to bring in, also where a mail quotes the request below it. */
const PREFER = ['activation-response', 'refresh'] as const;

/** The texts of QR codes in what a phone's scanner noted, one after the other and perhaps wrapped. */
function codesIn(text: string): readonly string[] {
  return text
    .replaceAll(/[\s\p{Cf}]+/gu, '')
    .split(/(?=LK1\/)/)
    .filter((part) => part.startsWith('LK1/'));
}

/**
 * Looks for a token in texts: files, pasted text, the contents of QR codes in any order.
 * @param collection codes that were read before
 * @param nothing what is said where there is no token in any of the texts
 */
export function findToken(
  texts: readonly string[],
  collection: QrCollection = [],
  nothing: Failure = failure('tokenMalformed'),
): Found {
  let problem: Failure | null = null;
  let parts: Extract<Found, { found: 'parts' }> | null = null;
  for (const text of texts) {
    const token = recogniseToken(text, { prefer: PREFER });
    if (token.ok) return { found: 'token', ...token.value };
    if (token.error.code === 'tokenTooLarge') problem = token.error;
    for (const code of codesIn(text)) {
      const added = collectQr(parts?.collection ?? collection, code);
      // One of the series was read wrong, and nobody knows which: it begins anew, or it could never be completed.
      if (!added.ok) return { found: 'nothing', failure: added.error, collection: [] };
      const { jwe, ...rest } = added.value;
      if (jwe === null) {
        parts = { found: 'parts', ...rest };
        continue;
      }
      const joined = recogniseToken(jwe);
      if (joined.ok) return { found: 'token', ...joined.value };
      problem = joined.error;
    }
  }
  return parts ?? { found: 'nothing', failure: problem ?? nothing, collection };
}

/** Whether a pasted text is meant to be a token, be it damaged; everything else belongs where it was pasted. */
export function looksLikeToken(text: string): boolean {
  if (recogniseToken(text, { prefer: PREFER }).ok) return true;
  return codesIn(text).length > 0 || /(?:BEGIN|END)LATCHKEY/.test(flatten(text.slice(0, 4096)));
}
