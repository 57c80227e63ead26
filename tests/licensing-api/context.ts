import type { X509Certificate } from 'node:crypto';
import type { Instant } from '../../shared/license/types.ts';
import type { LockOut } from './accounts/lock-out.ts';
import type { OpenIdVerifier } from './accounts/open-id.ts';
import type { Turns } from './accounts/turns.ts';
import type { Answer } from './answer.ts';
import type { CodeAttempts } from './code-attempts.ts';
import type { Keys } from './keys.ts';
import type { CallLimiter } from './limits.ts';
import type { Store } from './store/store.ts';
import type { AccessClaims, ManagementClaims, TokenService } from './tokens.ts';
import type { Events } from './webhooks/events.ts';

/** Test and live share a process and an address, and nothing else. */
export type Environment = 'test' | 'live';

/** What handlers work with: everything of one environment, and nothing of the other. */
export interface Context {
  readonly environment: Environment;
  readonly now: () => Instant;
  readonly store: Store;
  readonly keys: Keys;
  readonly tokens: TokenService;
  readonly tenantId: string;
  readonly codeAttempts: CodeAttempts;
  readonly activationLimiter: CallLimiter;
  readonly clientCertificates: {
    readonly required: boolean;
    readonly lifeMs: number;
    /** PEM of further CAs whose certificates are good for every activation. */
    readonly authorities: readonly string[];
  };
  readonly events: Events;
  /** Wakes whoever sends the events. */
  readonly wakeSender: () => void;
  readonly lockOut: LockOut;
  readonly signInTurns: Turns;
  /** null = this server trusts no OpenID provider. */
  readonly openId: OpenIdVerifier | null;
}

/** A request that has passed authentication and the contract. */
export interface ApiRequest<Body = unknown> {
  readonly body: Body;
  /** Where the call comes from, for counting only. */
  readonly address: string;
  /** What the caller has shown and proved to hold the key of; nothing else about it has been checked. */
  readonly certificate: X509Certificate | null;
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
