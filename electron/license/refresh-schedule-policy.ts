import type { LicenseView } from '../../shared/license/schemas.ts';
import type { ReasonCode } from '../../shared/license/reasons.ts';
import type { Instant } from '../../shared/license/types.ts';
import { nextRenewalAt } from '../certificate/certificate-policy.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A lease is renewed between these shares of its length, so that half of it is left for a server that is out of order. */
const LEASE_SHARE = { from: 0.4, spread: 0.1 };
/** However long the lease: features, terms and a license that was switched off are heard of about once a day. */
const CONTACT_EVERY = { from: 20 * HOUR, spread: 8 * HOUR };
/** After a failure: doubled each time, between these. */
const BACKOFF = { first: MINUTE, longest: 4 * HOUR };

const LEFT_OPEN: readonly ReasonCode[] = ['activationInterrupted', 'deactivationInterrupted'];

/** What has become of the attempts since the last success. */
export interface Attempts {
  readonly failures: number;
  readonly lastAt: Instant;
  /** The server asked not to come back before; null = it did not. */
  readonly notBefore: Instant | null;
}

export type BackgroundCall = 'refresh' | 'pullState' | 'reconcile';

/**
 * When the license is to be refreshed without being asked, and how; null = never (not activated, or offline). What was
 * left open is finished before anything else: a refresh would take the seat again that somebody wished to give back.
 * @param jitter from 0 to 1, drawn once per process: machines that were started by one whistle must not come back
 *   together
 */
export function nextCall(
  license: Pick<LicenseView, 'activation' | 'actions' | 'lastContactAt' | 'reasons' | 'clientCertificate'>,
  attempts: Attempts | null,
  jitter: number,
): { readonly at: Instant; readonly call: BackgroundCall } | null {
  const { activation, actions, reasons } = license;
  if (reasons.some(({ code }) => LEFT_OPEN.includes(code))) {
    return { at: attempts === null ? 0 : againAt(attempts, null, jitter), call: 'reconcile' };
  }
  if (activation === null || activation.mode === 'offline') return null;
  const call = (['refresh', 'pullState'] as const).find((action) => actions.includes(action));
  if (call === undefined) return null;
  const wanted = Math.min(
    wantedAt(activation, license.lastContactAt, jitter),
    renewalOf(license.clientCertificate, license.lastContactAt),
  );
  if (attempts === null) return { at: wanted, call };
  return { at: Math.max(wanted, againAt(attempts, activation.leaseExpiry, jitter)), call };
}

/** A certificate is renewed with the call that needs it, and may not live as long as a lease. */
function renewalOf(certificate: LicenseView['clientCertificate'], lastContactAt: Instant | null): Instant {
  return certificate === undefined || certificate.renewAt === null
    ? Number.POSITIVE_INFINITY
    : nextRenewalAt(certificate, lastContactAt);
}

function wantedAt(
  { leaseExpiry, lastLeaseAt, describedAt }: NonNullable<LicenseView['activation']>,
  lastContactAt: Instant | null,
  jitter: number,
): Instant {
  const daily = (lastContactAt ?? describedAt) + CONTACT_EVERY.from + jitter * CONTACT_EVERY.spread;
  if (leaseExpiry === null) return daily;
  const share = LEASE_SHARE.from + jitter * LEASE_SHARE.spread;
  return Math.min(daily, lastLeaseAt + Math.max(0, leaseExpiry - lastLeaseAt) * share);
}

/** Never later than what leaves a few more attempts before the lease ends. */
function againAt({ failures, lastAt, notBefore }: Attempts, leaseExpiry: Instant | null, jitter: number) {
  const left = leaseExpiry === null || leaseExpiry <= lastAt ? BACKOFF.longest : (leaseExpiry - lastAt) / 4;
  const longest = Math.max(BACKOFF.first, Math.min(BACKOFF.longest, left));
  const pause = Math.min(longest, BACKOFF.first * 2 ** Math.min(failures - 1, 20));
  const asked = notBefore === null ? 0 : Math.min(notBefore, lastAt + DAY);
  return Math.max(lastAt + pause * (0.75 + jitter / 2), asked);
}
