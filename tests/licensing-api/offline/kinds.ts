/** The kinds of offline tokens. Written down here too: this server takes nothing from the client's codec. */
export const TOKEN_KINDS = ['activation-request', 'activation-response', 'refresh', 'deactivation'] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];
