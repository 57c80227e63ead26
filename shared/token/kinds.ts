/** The kinds of offline tokens; `shared/token/FORMAT.md` says who sends which to whom. */
export const TOKEN_KINDS = ['activation-request', 'activation-response', 'refresh', 'deactivation'] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];

/** The text between `BEGIN LATCHKEY` and the dashes. */
export const LABELS = {
  'activation-request': 'ACTIVATION REQUEST',
  'activation-response': 'ACTIVATION RESPONSE',
  refresh: 'REFRESH',
  deactivation: 'DEACTIVATION',
} as const satisfies Record<TokenKind, string>;

/** How files are named when they are saved. Readers go by content. */
export const EXTENSIONS = {
  'activation-request': '.lkrequest',
  'activation-response': '.lkresponse',
  refresh: '.lkrefresh',
  deactivation: '.lkdeactivation',
} as const satisfies Record<TokenKind, string>;

/** The `typ` of both headers (RFC 7515, section 4.1.9; RFC 8725, section 3.11). */
export function typOf(kind: TokenKind): string {
  return `latchkey-${kind}-v1+jwt`;
}

/** The kind that a `typ` names; null for a version or a kind that we don't know. */
export function kindOfTyp(typ: unknown): TokenKind | null {
  return TOKEN_KINDS.find((kind) => typOf(kind) === typ) ?? null;
}
