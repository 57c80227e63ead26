import { ERRORS, type Failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Feature } from '../../shared/license/types.ts';
import { formatMessage } from '../../shared/messages/format.ts';
import { describeFailure, describeReason, describeLicense } from '../../shared/messages/index.ts';
import type { Language } from '../../shared/settings.ts';
import { LABELS, type Labels } from './labels.ts';

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

/** One license for a person, in aligned lines. */
export function licenseText(view: LicenseView, language: Language): string {
  const labels = LABELS[language];
  const rows = view.activation === null ? [] : activationRows(view.activation, view.heldAt, labels, language);
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

function activationRows(
  activation: NonNullable<LicenseView['activation']>,
  heldAt: LicenseView['heldAt'],
  labels: Labels,
  language: Language,
): readonly (readonly [string, string])[] {
  const { entitlement, seatName, seatId } = activation;
  const day = (at: number | null) =>
    at === null ? labels.never : formatMessage('{at, date, moment}', language, { at });
  const optional = (label: string, value: string | null) =>
    value === null ? [] : ([[label, value]] as const);
  return [
    ...optional(labels.account, activation.username),
    ...optional(labels.edition, activation.editionId),
    ...optional(labels.plan, entitlement.planName),
    ...optional(labels.customer, entitlement.customerName),
    [labels.seat, seatName === null ? seatId : `${seatName} (${seatId})`],
    ...optional(labels.server, heldAt?.host ?? null),
    [labels.lease, day(activation.leaseExpiry)],
    [labels.subscription, day(entitlement.expiry)],
    ...activation.features.map((feature) => [feature.key, featureText(feature, labels, language)] as const),
    ...activation.attributes.map(({ key, value }) => [key, value ?? ''] as const),
  ];
}

function featureText(feature: Feature, labels: Labels, language: Language): string {
  const { type, total, available } = feature;
  if (type === 'bool') return total === 0 ? labels.notIncluded : labels.included;
  if (total === null || available === null) return labels.unlimited;
  return formatMessage(labels.left, language, { available, total });
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
