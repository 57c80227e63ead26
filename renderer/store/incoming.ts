import type { Failure } from '../../shared/errors.ts';
import type { TokenKind } from '../../shared/token/kinds.ts';
import type { QrCollection } from '../../shared/token/qr-series.ts';

/** A response or a refresh of ours. */
export interface Applicable {
  readonly kind: 'activation-response' | 'refresh';
  readonly productId: string;
  readonly jwe: string;
}

/** What somebody has dropped, pasted, chosen or opened, and how far it has come. */
export type Incoming =
  | { readonly phase: 'none' }
  | { readonly phase: 'reading' }
  /** Codes of a series that has gaps still. */
  | { readonly phase: 'parts'; readonly missing: readonly number[]; readonly total: number }
  | { readonly phase: 'ask'; readonly token: Applicable }
  | { readonly phase: 'applying'; readonly token: Applicable }
  /** It goes to the portal. */
  | { readonly phase: 'elsewhere'; readonly kind: 'activation-request' | 'deactivation' }
  | { readonly phase: 'failed'; readonly failure: Failure; readonly kind: TokenKind | null };

/**
 * Where it was brought: to the zone of a page, which waits for a file of this product and applies it at once; or
 * anywhere else, where the person is asked first.
 */
export type Place = { readonly zone: string } | 'window';

export interface Intake {
  readonly incoming: Incoming;
  readonly place: Place;
  /** Codes that were read so far. */
  readonly codes: QrCollection;
}

export const NO_INTAKE: Intake = { incoming: { phase: 'none' }, place: 'window', codes: [] };
