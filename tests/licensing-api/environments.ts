import { decodeJwt } from 'jose';
import type { Context, Environment } from './context.ts';
import type { Operation } from './contract.ts';
import { bearer, type RawRequest } from './dispatch.ts';

/** Both halves of a server. `live` is there only if it was asked for. */
export interface Environments {
  readonly test: Context;
  readonly live: Context | null;
}

/** Where the portal of an environment is, below the server's address. */
export const PORTAL_PATHS: Readonly<Record<Environment, string>> = { test: '/portal', live: '/live/portal' };

/** The issuer that a token names; nothing about it has been checked. */
function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** The client that asks for a management token, by the beginning of its id; by the form, or by HTTP Basic. */
function isLiveClient(raw: RawRequest): boolean {
  const { body } = raw;
  const inForm =
    typeof body === 'object' && body !== null && 'client_id' in body ? body.client_id : undefined;
  const header = raw.headers['authorization'];
  const basic = typeof header === 'string' ? /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header)?.[1] : undefined;
  const id = basic === undefined ? inForm : Buffer.from(basic, 'base64').toString('utf8');
  return typeof id === 'string' && id.startsWith('live-');
}

/**
 * The environment that a call is for, as the call itself says. This decides nothing: each environment checks the call
 * with its own keys against its own database, so that what belongs to one is simply unknown in the other.
 */
export function environmentOf(environments: Environments, operation: Operation, raw: RawRequest): Context {
  const { test, live } = environments;
  if (live === null) return test;
  const isLive =
    operation.security.kind === 'management'
      ? claimedIssuer(bearer(raw)) === live.tenantId
      : operation.id === 'issueManagementToken'
        ? isLiveClient(raw)
        : raw.headers['n-tenantid'] === live.tenantId;
  return isLive ? live : test;
}
