import { failure, type Failure } from '../../shared/errors.ts';
import type { Activation } from '../../shared/license/types.ts';
import type { ClaimsOf } from '../../shared/token/claims.ts';
import type { FoundKey } from './device-keys.ts';
import type { Exchange } from './records.ts';

export type ResponseClaims = ClaimsOf<'activation-response'>;
export type RefreshClaims = ClaimsOf<'refresh'>;

/** Whose vendor and product a token has to be. */
export interface Addressee {
  readonly tenantId: string;
  readonly productId: string;
}

/**
 * Why a response whose signature is good can't be applied; null = it can. A response belongs to the one request whose
 * key it is encrypted to: the names inside must say the same, or the portal has mixed two devices up.
 */
export function problemOfResponse(
  claims: ResponseClaims,
  key: FoundKey,
  exchange: Exchange,
  addressee: Addressee,
): Failure | null {
  const stranger = problemOfAddress(claims, addressee);
  if (stranger !== null) return stranger;
  const { request } = key;
  if (request === null) {
    return failure(claims.rid === exchange.held?.rid ? 'tokenReplayed' : 'tokenForOtherDevice');
  }
  if (claims.rid !== request.id || claims.activation['seatId'] !== request.seatId) {
    return failure('tokenForOtherDevice');
  }
  return claims.activation['mode'] === 'offline' ? null : failure('tokenMalformed');
}

/**
 * Why a refresh whose signature is good can't be applied; null = it can. `seq` only grows, so that an older lease or
 * an older state is never put back.
 */
export function problemOfRefresh(
  claims: RefreshClaims,
  key: FoundKey,
  exchange: Exchange,
  activation: Pick<Activation, 'id' | 'seatId'> | null,
  addressee: Addressee,
): Failure | null {
  const stranger = problemOfAddress(claims, addressee);
  if (stranger !== null) return stranger;
  const { held } = exchange;
  if (key.request !== null || held === null || activation === null) return failure('tokenForOtherDevice');
  const { id, seatId } = activation;
  const ours = claims.activationId === id && claims.activation['id'] === id;
  if (!ours || claims.activation['seatId'] !== seatId) return failure('tokenForOtherDevice');
  if (claims.seq === held.seq) return failure('tokenReplayed');
  if (claims.seq < held.seq) return failure('tokenStale');
  return claims.activation['mode'] === 'offline' ? null : failure('tokenMalformed');
}

function problemOfAddress(
  claims: ResponseClaims | RefreshClaims,
  { tenantId, productId }: Addressee,
): Failure | null {
  if (claims.tenantId !== tenantId) return failure('tokenForOtherTenant');
  const { productId: inside = productId } = claims.activation;
  return claims.productId === productId && inside === productId ? null : failure('tokenForOtherProduct');
}
