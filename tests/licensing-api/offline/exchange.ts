import { calculateJwkThumbprint } from 'jose';
import * as v from 'valibot';
import type { WebhookEventData } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { refuse, refuseWith, type Answer } from '../answer.ts';
import type { Context } from '../context.ts';
import { judgeCode } from '../credentials.ts';
import { endActivation } from '../ending.ts';
import { hasSeatFor } from '../policy/seats.ts';
import { entitlementOf, entitlementRefusal } from '../routes/session.ts';
import { leaseIn, takeSeat } from '../seat-taking.ts';
import { newRequestId } from '../secrets.ts';
import type { Ending, StoredActivation } from '../store/activations.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import type { DeviceKeys } from '../store/offline.ts';
import { activationStateView, entitlementView } from '../views.ts';
import { deny, subjectOf } from '../webhooks/events.ts';
import { deactivationClaims, requestClaims, type DeactivationClaims, type RequestClaims } from './claims.ts';
import { canEncryptTo, openToken, sealToken, type OpenedToken } from './codec.ts';
import { makeLicenseFile } from './license-file.ts';

/** The offline exchange: what a token that somebody carried here does, and what is carried back. */

export interface Answered {
  readonly kind: 'activation-response' | 'refresh';
  readonly activation: StoredActivation;
  readonly entitlement: StoredEntitlement;
  readonly seq: number;
  readonly issued: Instant;
  /** Bare JWE. */
  readonly token: string;
}

export interface Freed {
  readonly kind: 'deactivation';
  readonly activation: StoredActivation;
  readonly entitlement: StoredEntitlement;
  /** How the seat had been freed before, or that it was taken again since; null = freed by this token. */
  readonly before: Ending | 'takenAgain' | null;
}

export interface Refused {
  readonly kind: 'refused';
  readonly refusal: Answer;
}

export type Exchanged = Answered | Freed | Refused;

const refused = (refusal: Answer): Refused => ({ kind: 'refused', refusal });

/** A token that is counted in the log, still to be signed and encrypted. */
interface Prepared {
  readonly kind: Answered['kind'];
  readonly activation: StoredActivation;
  readonly entitlement: StoredEntitlement;
  readonly device: DeviceKeys;
  readonly seq: number;
  readonly issued: Instant;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Counts a token and takes down what is true at this instant. Runs within a transaction. */
function prepare(
  context: Context,
  subject: { readonly activation: StoredActivation; readonly entitlement: StoredEntitlement },
  device: DeviceKeys,
  requestId: string | null,
  now: Instant,
): Prepared {
  const { activation, entitlement } = subject;
  const kind = requestId === null ? 'refresh' : 'activation-response';
  const { signKid } = device;
  const entry = { activationId: activation.id, kind, requestId, signKid, issued: now } as const;
  const seq = context.store.offline.reserve(entry);
  // Nobody can renew the file offline, so it is good for as long as the lease.
  const wish = { ttlSeconds: Number.MAX_SAFE_INTEGER, encryptionKey: null };
  const claims = {
    jti: newRequestId(),
    iat: Math.floor(now / 1000),
    tenantId: context.tenantId,
    productId: entitlement.productId,
    ...(requestId === null ? { activationId: activation.id } : { rid: requestId }),
    seq,
    activation: activationStateView(context, entitlement, activation, now),
    entitlement: entitlementView(context, entitlement, activation.editionId, now),
    licenseFile: makeLicenseFile(context, entitlement, activation, wish, now),
  };
  return { kind, activation, entitlement, device, seq, issued: now, claims };
}

async function seal(context: Context, prepared: Prepared): Promise<Answered> {
  const { kind, activation, entitlement, device, seq, issued, claims } = prepared;
  const token = await sealToken(context.keys, kind, claims, device);
  context.store.offline.complete(activation.id, seq, token);
  return { kind, activation, entitlement, seq, issued, token };
}

/** What every token from a device has to be. */
function commonRefusal(context: Context, claims: RequestClaims | DeactivationClaims): Answer | null {
  if (claims.tenantId !== context.tenantId) {
    return refuse('tokenForOtherTenant', 'The token is for another vendor.');
  }
  if (!context.store.settings.products().some((it) => it.id === claims.productId)) {
    return refuse('productMismatch', 'The token is for a product that is not of this vendor.');
  }
  if (claims.exp !== undefined && Math.floor(context.now() / 1000) >= claims.exp) {
    return refuse('tokenExpired', 'The token has expired.');
  }
  return null;
}

/**
 * The answer that was given to this very request before; null = there is none. It is given again as it was, so that
 * a download that got lost costs nothing. Once the seat was given back it is not: that would take the seat again.
 */
function earlierAnswer(
  context: Context,
  entitlement: StoredEntitlement,
  claims: RequestClaims,
  signKid: string,
): Exchanged | null {
  for (const issued of context.store.offline.answersTo(claims.jti)) {
    const activation = context.store.activations.byId(issued.activationId);
    if (activation === null || activation.entitlementId !== entitlement.id) continue;
    if (issued.signKid !== signKid || activation.seatId !== claims.seatId || activation.ended !== null) {
      return refused(refuse('tokenReplayed', 'This request was answered before and is used up.'));
    }
    const { kind, seq, token } = issued;
    if (token !== null) return { kind, activation, entitlement, seq, issued: issued.issued, token };
  }
  return null;
}

async function answerRequest(context: Context, opened: OpenedToken): Promise<Exchanged> {
  const parsed = v.safeParse(requestClaims, opened.claims);
  const bad = refused(refuse('tokenMalformed', 'The request lacks something that belongs in it.'));
  if (!parsed.success) return bad;
  const claims = parsed.output;
  const { sign, encrypt } = claims.deviceKeys;
  const { crv, kty, x } = encrypt;
  const [signKid, encryptKid] = await Promise.all([
    calculateJwkThumbprint({ crv: sign.crv, kty: sign.kty, x: sign.x }),
    calculateJwkThumbprint({ crv, kty, x }),
  ]);
  if (!(await opened.isSignedBy({ kid: signKid, x: sign.x }))) {
    return refused(refuse('tokenSignatureInvalid', 'The request is not signed with the key in it.'));
  }
  if (!canEncryptTo(x)) return bad;
  const wrong = commonRefusal(context, claims);
  if (wrong !== null) return refused(wrong);

  const device = { signKid, signX: sign.x, encryptKid, encryptX: x, requestMade: claims.iat * 1000 };
  const outcome = context.store.transaction((): Prepared | Exchanged => {
    const now = context.now();
    const verdict = judgeCode(context, claims.activationCode);
    if (verdict.refusal !== null) return refused(verdict.refusal);
    const stored = verdict.entitlement;
    if (stored.productId !== claims.productId) {
      return refused(refuse('productMismatch', 'The entitlement is for another product.'));
    }
    const inactive = entitlementRefusal(stored, now);
    const earlier = earlierAnswer(context, stored, claims, signKid);
    if (earlier !== null) return inactive === null ? earlier : refused(inactive);
    const wish = { ...claims, method: 'activationCode', mode: 'offline', username: null } as const;
    const seat = takeSeat(context, stored, wish, now);
    if ('refusal' in seat) return refused(seat.refusal);
    context.store.offline.addKeys(seat.taken.activation.id, device);
    context.store.offline.outlive(seat.taken.activation.id, claims.deactivations);
    return prepare(context, seat.taken, device, claims.jti, now);
  });
  return 'claims' in outcome ? await seal(context, outcome) : outcome;
}

async function applyDeactivation(context: Context, opened: OpenedToken): Promise<Exchanged> {
  const parsed = v.safeParse(deactivationClaims, opened.claims);
  if (!parsed.success) {
    return refused(refuse('tokenMalformed', 'The deactivation lacks something that belongs in it.'));
  }
  const claims = parsed.output;
  const device = context.store.offline.keysByKid(claims.activationId, opened.kid);
  if (device === null) {
    return refused(refuse('tokenKeyUnknown', 'The token is signed by a device that is not known here.'));
  }
  if (!(await opened.isSignedBy({ kid: device.signKid, x: device.signX }))) {
    return refused(
      refuse('tokenSignatureInvalid', 'The token is not signed by the device that holds the seat.'),
    );
  }
  const wrong = commonRefusal(context, claims);
  if (wrong !== null) return refused(wrong);
  return context.store.transaction((): Exchanged => {
    const activation = context.store.activations.byId(claims.activationId);
    if (activation === null || activation.seatId !== claims.seatId) {
      return refused(refuse('tokenMalformed', 'The deactivation names another seat.'));
    }
    const entitlement = entitlementOf(context, activation);
    if (entitlement.productId !== claims.productId) {
      return refused(refuse('productMismatch', 'The seat is of another product.'));
    }
    // Carried here late: the device gave the seat back, and took it again by a request that we answered before.
    if (activation.ended === null && context.store.offline.outlives(activation.id, claims.jti)) {
      return { kind: 'deactivation', activation, entitlement, before: 'takenAgain' };
    }
    if (activation.ended === null) {
      endActivation(context, entitlement, activation, 'deactivated', context.now());
    }
    return { kind: 'deactivation', activation, entitlement, before: activation.ended };
  });
}

/** Refuses and tells the vendor. What a token says about itself is not told: it was not found to be true. */
export function denied(
  context: Context,
  refusal: Answer,
  operation?: WebhookEventData['operation'],
): Refused {
  const about: WebhookEventData = { mode: 'offline' };
  deny(context.events, refusal, operation === undefined ? about : { ...about, operation });
  return refused(refusal);
}

/** Takes a token that a device made, armored or bare. */
export async function exchangeToken(context: Context, text: string): Promise<Exchanged> {
  const result = await openToken(context.keys, text);
  if ('refusal' in result) return denied(context, result.refusal);
  const { token } = result;
  const isRequest = token.kind === 'activation-request';
  const exchanged = isRequest ? await answerRequest(context, token) : await applyDeactivation(context, token);
  if (exchanged.kind !== 'refused') return exchanged;
  return denied(context, exchanged.refusal, isRequest ? 'activate' : 'deactivate');
}

/**
 * Gives an offline activation a new lease, before its end and after it, as long as nobody else has the seat.
 * @param entitlement the one that the caller has shown the code of
 * @param deviceKid `encryptKid` of the request whose response the device applied; null = the newest
 */
export async function refreshOffline(
  context: Context,
  entitlement: StoredEntitlement,
  activationId: string,
  deviceKid: string | null,
): Promise<Exchanged> {
  const outcome = context.store.transaction((): Prepared | Exchanged => {
    const now = context.now();
    const { activations, offline } = context.store;
    const activation = activations.byId(activationId);
    if (activation === null || activation.entitlementId !== entitlement.id) {
      return refused(refuseWith(404, 'There is no such activation.'));
    }
    if (activation.ended !== null) return refused(refuse('seatReleased', 'The seat has been given back.'));
    const inactive = entitlementRefusal(entitlement, now);
    if (inactive !== null) return refused(inactive);
    const lease = leaseIn('offline', entitlement, now);
    const keys = offline.keysOf(activation.id);
    const device = deviceKid === null ? keys[0] : keys.find((it) => it.encryptKid === deviceKid);
    if (activation.mode !== 'offline' || lease === null) {
      return refused(refuse('offlineNotAllowed', 'The activation is not an offline one.'));
    }
    if (device === undefined) return refused(refuse('tokenKeyUnknown', 'The device has no such key.'));
    if (!hasSeatFor(activation.id, activations.seats(entitlement.id), entitlement.terms, now)) {
      return refused(refuse('seatLimitReached', 'The lease had ended and all seats are taken by others.'));
    }
    const renewed = { ...activation, lastLease: now, leaseExpiry: lease };
    activations.save(renewed);
    context.events.put('activation.refreshed', subjectOf(entitlement, renewed));
    return prepare(context, { activation: renewed, entitlement }, device, null, now);
  });
  if ('claims' in outcome) return await seal(context, outcome);
  return outcome.kind === 'refused' ? denied(context, outcome.refusal, 'refresh') : outcome;
}
