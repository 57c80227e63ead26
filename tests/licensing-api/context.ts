import type { Instant } from '../../shared/license/types.ts';
import type { Answer } from './answer.ts';
import type { CodeAttempts } from './code-attempts.ts';
import type { Keys } from './keys.ts';
import type { Store } from './store/store.ts';
import type { AccessClaims, ManagementClaims, TokenService } from './tokens.ts';

/** What handlers work with. */
export interface Context {
  readonly now: () => Instant;
  readonly store: Store;
  readonly keys: Keys;
  readonly tokens: TokenService;
  readonly tenantId: string;
  readonly codeAttempts: CodeAttempts;
}

/** A request that has passed authentication and the contract. */
export interface ApiRequest<Body = unknown> {
  readonly body: Body;
  /** Where the call comes from, for counting only. */
  readonly address: string;
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly query: (name: string) => string | undefined;
  readonly param: (name: string) => string;
  /** Set where the operation wants an access token. */
  readonly access: AccessClaims | null;
  /** Set where the operation wants a management token. */
  readonly management: ManagementClaims | null;
}

export type Handler = (context: Context, request: ApiRequest) => Answer | Promise<Answer>;

/** A handler with the type of its body, which the contract has checked before it is called. */
export function withBody<Body>(
  handler: (context: Context, request: ApiRequest<Body>) => Answer | Promise<Answer>,
): Handler {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `dispatch` validates before it calls
  return (context, request) => handler(context, request as ApiRequest<Body>);
}
