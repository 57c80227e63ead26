import type { LicenseView } from '../../shared/license/schemas.ts';
import { Fact, Facts } from '../components/facts.tsx';
import { Section } from '../components/section.tsx';
import { formatAgo, formatDay, formatNumber, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useTrustedNow } from '../store/use-app.ts';
import { overdraftText } from './overdraft-text.ts';

type Activation = NonNullable<LicenseView['activation']>;

/** The terms of the purchase. What the server did not state has no row. */
export function EntitlementFacts({ activation }: { readonly activation: Activation }) {
  const language = useLanguage();
  const t = useText();
  const now = useTrustedNow();
  const { entitlement } = activation;
  const { expiry, graceExpiry, seatCount, seatsUsed, overdraftSeats, maintenanceExpiry } = entitlement;
  const day = (instant: number) => <bdi>{formatDay(language, instant)}</bdi>;
  const text = (name: string, value: string | null) =>
    value === null || value === '' ? null : (
      <Fact name={name}>
        <bdi>{value}</bdi>
      </Fact>
    );
  const seats = (total: number) => {
    if (seatsUsed === null) return formatNumber(language, total);
    const used = { used: formatNumber(language, seatsUsed), total: formatNumber(language, total) };
    // Seats that were taken off leave more than there are, with no overdraft.
    const beyond = { overdraft: overdraftSeats, overdrawn: Math.max(0, seatsUsed - total) };
    const overdraft = overdraftText(beyond, language, t);
    return [t('features.inUseOf', used), overdraft].filter((part) => part !== null).join(' · ');
  };
  const maintenance = () => {
    if (entitlement.hasMaintenance === null) return null;
    if (!entitlement.hasMaintenance) return t('entitlement.maintenanceNone');
    if (maintenanceExpiry === null) return t('entitlement.maintenanceOn');
    return t(maintenanceExpiry > now ? 'entitlement.maintenanceUntil' : 'entitlement.maintenanceEnded', {
      day: isolate(language, formatDay(language, maintenanceExpiry)),
    });
  };
  const maintained = maintenance();
  return (
    <Section
      title={t('entitlement.title')}
      note={t('entitlement.describedAt', {
        ago: isolate(language, formatAgo(language, activation.describedAt, now)),
      })}
    >
      <Facts>
        {text(t('entitlement.offering'), entitlement.offeringName)}
        {text(t('entitlement.customer'), entitlement.customerName)}
        {text(t('entitlement.order'), entitlement.orderRef)}
        {seatCount !== null && <Fact name={t('entitlement.seats')}>{seats(seatCount)}</Fact>}
        <Fact name={expiry !== null && expiry <= now ? t('entitlement.ended') : t('entitlement.ends')}>
          {expiry === null ? t('entitlement.never') : day(expiry)}
        </Fact>
        {graceExpiry !== null && graceExpiry !== expiry && (
          <Fact name={t('entitlement.graceUntil')}>{day(graceExpiry)}</Fact>
        )}
        {maintained !== null && <Fact name={t('entitlement.maintenance')}>{maintained}</Fact>}
      </Facts>
    </Section>
  );
}
