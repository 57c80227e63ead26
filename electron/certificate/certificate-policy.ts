import type { ErrorCode } from '../../shared/errors.ts';
import type { Instant } from '../../shared/license/types.ts';

/** What counts of a certificate, taken out of its octets. */
export interface CertificateFacts {
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** Basic constraints say that it may sign others. */
  readonly isAuthority: boolean;
  /** Extended key usage: `null` = it does not say. */
  readonly forClients: boolean | null;
  readonly isP256: boolean;
}

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** Clocks of server and device may be apart by so much, as far as the beginning of a certificate goes. */
const LEEWAY = DAY;

/**
 * Longest life of a certificate that the API gives. A device whose certificate never ends is never asked again who it is,
 * so such an answer is a mistake or worse.
 */
const LONGEST_LIFE = 3 * 366 * DAY;

/** A renewal that failed is tried again so often, or as often as fits into what is left. */
const RENEW_EVERY = HOUR;

/** What is wrong with a certificate that was issued for this device. @returns null = nothing */
export function problemOfIssued(facts: CertificateFacts, now: Instant): ErrorCode | null {
  const { notBefore, notAfter } = facts;
  const general = problemOf(facts);
  if (general !== null) return general;
  if (facts.forClients === null) return 'certificateNotForClients';
  if (notAfter <= now || notBefore > now + LEEWAY) return 'clientCertificateExpired';
  return notAfter - notBefore > LONGEST_LIFE ? 'answerMalformed' : null;
}

/**
 * What is wrong with a certificate that an administrator brings. How long it is good is their business, and one without
 * an extended key usage is good for everything (RFC 5280, section 4.2.1.12).
 */
export function problemOfImported(facts: CertificateFacts, now: Instant): ErrorCode | null {
  const general = problemOf(facts);
  if (general !== null) return general;
  return isInForce(facts, now) ? null : 'clientCertificateExpired';
}

function problemOf({ isAuthority, isP256, forClients }: CertificateFacts): ErrorCode | null {
  if (isAuthority) return 'certificateIsAuthority';
  if (!isP256) return 'certificateKeyUnsupported';
  return forClients === false ? 'certificateNotForClients' : null;
}

/** Whether a certificate counts now, by its dates. The server judges by its own clock. */
export function isInForce(
  { notBefore, notAfter }: Pick<CertificateFacts, 'notBefore' | 'notAfter'>,
  now: Instant,
): boolean {
  return now < notAfter && now >= notBefore - LEEWAY;
}

type Term = Pick<CertificateFacts, 'notBefore' | 'notAfter'>;

/** When a certificate is to be renewed: at two thirds of its life. */
export function renewalAt({ notBefore, notAfter }: Term): Instant {
  return notBefore + Math.floor(((notAfter - notBefore) * 2) / 3);
}

/**
 * When the next renewal is worth trying. One that failed must not be tried with every look at the clock.
 * @param lastContactAt when the server was last reached; null = never
 */
export function nextRenewalAt(term: Term, lastContactAt: Instant | null): Instant {
  const at = renewalAt(term);
  const pause = Math.min(RENEW_EVERY, (term.notAfter - at) / 4);
  return Math.max(at, (lastContactAt ?? 0) + pause);
}
