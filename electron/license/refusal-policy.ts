import type { ErrorCode } from '../../shared/errors.ts';

const AT_THE_DOOR: readonly ErrorCode[] = [
  'rateLimited',
  'clientCertificateRequired',
  'clientCertificateRefused',
  'requestRefused',
  'editionNotIncluded',
  'credentialsInvalid',
  'accountLocked',
];

/**
 * Whether a refusal was made at the door: too many calls, a gateway that wants something of its own, a status that
 * nobody knows. It says nothing about seats, so what was open before the call is still open after it; the other
 * refusals are the licensing server's word. A sign-in that was not accepted is one too: whose seats they are was not asked.
 */
export function wasTurnedAway(code: ErrorCode): boolean {
  return AT_THE_DOOR.includes(code);
}

/** Whether a refusal is about the client certificate, or about there being none. */
export function isAboutCertificate(code: ErrorCode): boolean {
  return code === 'clientCertificateRequired' || code === 'clientCertificateRefused';
}

/**
 * Whether a refusal is about the purchase and says nothing about the seat: one that an earlier call took is still
 * taken, and counts again as soon as the purchase does.
 */
export function leavesSeatOpen(code: ErrorCode): boolean {
  return code === 'entitlementDisabled' || code === 'entitlementExpired' || code === 'entitlementNotStarted';
}
