import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Reason, Severity } from '../../shared/license/reasons.ts';
import type { Tone } from '../components/callout.tsx';

const TONES = { blocking: 'bad', warning: 'warn', info: 'plain' } as const satisfies Record<Severity, Tone>;

export function toneOfReason({ severity }: Pick<Reason, 'severity'>): Tone {
  return TONES[severity];
}

/** The colour of a license as a whole: that of its gravest reason, and of its state where no reason is grave. */
export function toneOfLicense({ state, reasons }: Pick<LicenseView, 'state' | 'reasons'>): Tone {
  const has = (severity: Severity) => reasons.some((reason) => reason.severity === severity);
  switch (state) {
    case 'uninitialized':
    case 'notActivated':
      if (has('blocking')) return 'bad';
      return has('warning') ? 'warn' : 'plain';
    case 'active':
      return has('blocking') || has('warning') ? 'warn' : 'good';
    case 'leaseExpired':
    case 'entitlementNotActive':
      return 'bad';
  }
}

/** What is begun and not ended, in the order in which it is shown. */
const OPEN: readonly Reason['code'][] = ['activationInterrupted', 'requestPending', 'receiptPending'];

/**
 * The one reason that a row of the overview shows. Reasons come ordered, so it is the first; what is only good to know
 * about a license that works waits for its own page.
 */
export function leadingReason({ state, reasons }: Pick<LicenseView, 'state' | 'reasons'>): Reason | null {
  const find = (wanted: (code: Reason['code']) => boolean) =>
    reasons.find(({ code }) => wanted(code)) ?? null;
  const plain = find((code) => code !== 'testEnvironment');
  const isIdle = plain?.code === 'neverActivated' || plain?.code === 'deactivated';
  // That the same code takes no second seat, or that something is on its way to the portal, is what helps then.
  const open = isIdle ? OPEN.map((wanted) => find((code) => code === wanted)) : [];
  const first = open.find((reason) => reason !== null) ?? plain;
  return first !== null && state === 'active' && first.severity === 'info' ? null : first;
}

/** Whether the vault is still being read, with nothing yet that anybody would have to know. */
export function isBeingRead({ state, reasons }: Pick<LicenseView, 'state' | 'reasons'>): boolean {
  return state === 'uninitialized' && reasons.every(({ severity }) => severity === 'info');
}
