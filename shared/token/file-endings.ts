import type { TokenKind } from './kinds.ts';

/** Endings of token files, without the dot. What a file is is told by its content; these are for people and desktops. */
export const TOKEN_FILE_ENDINGS = {
  'activation-request': 'lkrequest',
  'activation-response': 'lkresponse',
  refresh: 'lkrefresh',
  deactivation: 'lkdeactivation',
} as const satisfies Record<TokenKind, string>;
