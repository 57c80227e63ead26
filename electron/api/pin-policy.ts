import type { Instant } from '../../shared/license/types.ts';

/** A public-key pin: base64 SHA-256 of the DER SubjectPublicKeyInfo (the form of RFC 7469, section 2.4). */
export interface Pin {
  readonly sha256: string;
  /** ISO 8601; after it the pin no longer counts. */
  readonly notAfter?: string | undefined;
}

/** The pins that count at an instant. */
export function validPins(pins: readonly Pin[], now: Instant): readonly Pin[] {
  return pins.filter(({ notAfter }) => notAfter === undefined || now < Date.parse(notAfter));
}

/**
 * The pinned key that a chain shows; null if it shows none. Any certificate of the verified chain may match, so that a
 * vendor can pin its own issuing CA as the backup.
 * @param digests base64 SHA-256 of the SPKI of each certificate of the verified chain, leaf first
 */
export function matchingPin(digests: readonly string[], pins: readonly Pin[], now: Instant): string | null {
  const valid = validPins(pins, now);
  return digests.find((digest) => valid.some((pin) => pin.sha256 === digest)) ?? null;
}
