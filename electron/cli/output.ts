import { ERRORS, type Failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { describeFailure, describeReason, describeLicense } from '../../shared/messages/index.ts';
import type { Language } from '../../shared/settings.ts';
import { activationRows } from './activation-rows.ts';
import { LABELS } from './labels.ts';

/**
 * One license as the command line's JSON: the view with each reason in words. Instants are ISO 8601 (UTC), since
 * scripts read them. The field names are stable: scripts depend on them.
 */
export function licenseJson(view: LicenseView, language: Language) {
  const { activation } = view;
  return {
    productId: view.productId,
    productName: view.productName,
    state: view.state,
    reasons: view.reasons.map((reason) => ({ ...reason, ...describeReason(reason, language) })),
    actions: view.actions,
    heldAt: view.heldAt,
    seatId: view.seatId,
    lastContactAt: isoOf(view.lastContactAt),
    supportCode: view.supportCode,
    activation:
      activation === null
        ? null
        : {
            ...activation,
            activatedAt: isoOf(activation.activatedAt),
            lastLeaseAt: isoOf(activation.lastLeaseAt),
            leaseExpiry: isoOf(activation.leaseExpiry),
            describedAt: isoOf(activation.describedAt),
            entitlement: {
              ...activation.entitlement,
              expiry: isoOf(activation.entitlement.expiry),
              graceExpiry: isoOf(activation.entitlement.graceExpiry),
              maintenanceExpiry: isoOf(activation.entitlement.maintenanceExpiry),
            },
            features: activation.features.map((feature) => ({
              ...feature,
              usagePeriodEnds: isoOf(feature.usagePeriodEnds),
            })),
          },
  };
}

/** A failure as the command line's JSON: code, exit status, words and the facts that may be shown. */
export function failureJson(failure: Failure, language: Language) {
  const { exit, remedy } = ERRORS[failure.code];
  const words = describeFailure(failure, language);
  return { error: { code: failure.code, exit, remedy, ...words, facts: failure.facts ?? {} } };
}

/** A failure for a person: what is the matter, then what to do. */
export function failureText(failure: Failure, language: Language): string {
  const { sentence, nextAction } = describeFailure(failure, language);
  return `${sentence}\n${nextAction}\n`;
}

/**
 * Text for a terminal. What a server or a file has to say stands in it, and control characters could clear the screen,
 * change the title or write over what was said; bidirectional overrides could turn it round. They become spaces.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]+|[\u2028-\u202E]+/gu, ' ');
}

/** One license for a person, in aligned lines. */
export function licenseText(view: LicenseView, language: Language): string {
  const labels = LABELS[language];
  const rows = activationRows(view, language);
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  const lines = [
    `${view.productName}: ${describeLicense(view, language)}`,
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    ...view.reasons.flatMap((reason) => {
      const { sentence, nextAction } = describeReason(reason, language);
      return [`${MARKS[reason.severity]} ${sentence}`, `  ${nextAction}`];
    }),
    `${labels.supportCode}: ${view.supportCode}`,
  ];
  return `${lines.join('\n')}\n`;
}

const MARKS = { blocking: '✗', warning: '!', info: '·' } as const;

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
