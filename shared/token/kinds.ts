/** The kinds of offline tokens; `shared/token/README.md` says who sends which to whom. */
export const TOKEN_KINDS = ['activation-request', 'activation-response', 'refresh', 'deactivation'] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];
