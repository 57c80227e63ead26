import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Entitlement, Feature } from '../../shared/license/types.ts';
import { attributeText } from '../../shared/messages/attribute-text.ts';
import { formatMessage, type Arguments } from '../../shared/messages/format.ts';
import type { Language } from '../../shared/settings.ts';
import { LABELS, type Labels } from './labels.ts';

/** Caption and value. */
type Row = readonly [string, string];

/** What is known of an activation, in words; nothing without one. What the server did not state has no row. */
export function activationRows(
  { activation, editions, heldAt }: LicenseView,
  language: Language,
): readonly Row[] {
  if (activation === null) return [];
  const labels = LABELS[language];
  const say = (message: string, values: Arguments) => formatMessage(message, language, values);
  const moment = (at: number | null) => (at === null ? labels.never : say('{at, date, moment}', { at }));
  const optional = (label: string, value: string | null): readonly Row[] =>
    value === null ? [] : [[label, value]];
  const { entitlement, editionId, seatName, seatId } = activation;
  const { expiry, graceExpiry } = entitlement;
  const rows: readonly Row[] = [
    ...optional(labels.account, activation.username),
    ...optional(labels.edition, editions.find(({ id }) => id === editionId)?.name ?? editionId),
    ...optional(labels.plan, planText(entitlement, labels)),
    ...optional(labels.customer, entitlement.customerName),
    [labels.seat, seatName === null ? seatId : `${seatName} (${seatId})`],
    ...optional(labels.seats, seatsText(entitlement, labels, say)),
    ...optional(labels.server, heldAt?.host ?? null),
    [labels.lease, moment(activation.leaseExpiry)],
    [labels.subscription, moment(expiry)],
    ...(graceExpiry === null || graceExpiry === expiry ? [] : [[labels.grace, moment(graceExpiry)] as const]),
    ...optional(labels.maintenance, maintenanceText(entitlement, labels, say)),
    ...activation.features.map((feature): Row => [feature.key, featureText(feature, labels, say)]),
    ...activation.attributes.map((attribute): Row => [attribute.key, attributeText(attribute, language)]),
  ];
  return rows.map(([label, value]) => [onOneLine(label), onOneLine(value)]);
}

/** A line end in a name must not pass for a line of ours. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

type Say = (message: string, values: Arguments) => string;

function planText({ planName, isTrial }: Entitlement, labels: Labels): string | null {
  if (isTrial !== true) return planName;
  return planName === null ? labels.trial : `${planName} (${labels.trial})`;
}

function seatsText(entitlement: Entitlement, labels: Labels, say: Say): string | null {
  const { seatCount: total, seatsUsed: used, overdraftSeats: overdraft } = entitlement;
  if (total === null || used === null) return null;
  // Seats that were taken off leave more than there are, with no overdraft.
  const beyond = overdraftText({ overdraft, overdrawn: Math.max(0, used - total) }, labels, say);
  return [say(labels.inUse, { used, total }), ...beyond].join(', ');
}

function maintenanceText(
  { hasMaintenance, maintenanceExpiry }: Entitlement,
  labels: Labels,
  say: Say,
): string | null {
  if (hasMaintenance === null) return null;
  if (!hasMaintenance) return labels.notIncluded;
  return maintenanceExpiry === null ? labels.included : say(labels.until, { at: maintenanceExpiry });
}

function featureText(feature: Feature, labels: Labels, say: Say): string {
  const { type, total, available, active } = feature;
  if (type === 'bool') return total === 0 ? labels.notIncluded : labels.included;
  const left =
    total === null || available === null ? labels.unlimited : say(labels.left, { available, total });
  const mine = active > 0 ? [say(type === 'elementPool' ? labels.held : labels.used, { count: active })] : [];
  return [left, ...overdraftText(feature, labels, say), ...mine].join(', ');
}

function overdraftText(
  { overdraft = 0, overdrawn = 0 }: Pick<Feature, 'overdraft' | 'overdrawn'>,
  labels: Labels,
  say: Say,
): readonly string[] {
  if (overdrawn > 0) return [say(labels.beyond, { count: overdrawn })];
  return overdraft > 0 ? [say(labels.allowed, { count: overdraft })] : [];
}
