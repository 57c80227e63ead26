import type { ReactNode } from 'react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { formatDay, formatNumber } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

/** The few facts that people look for most, where there is room because only one product is there. */
export function Glance({ activation }: { readonly activation: NonNullable<LicenseView['activation']> }) {
  const language = useLanguage();
  const t = useText();
  const { seatCount, seatsUsed, expiry } = activation.entitlement;
  return (
    <dl className="license-card-glance">
      <Item name={t('entitlement.ends')}>
        {expiry === null ? t('entitlement.never') : <bdi>{formatDay(language, expiry)}</bdi>}
      </Item>
      {seatCount !== null && seatsUsed !== null && (
        <Item name={t('entitlement.seats')}>
          {t('features.inUseOf', {
            used: formatNumber(language, seatsUsed),
            total: formatNumber(language, seatCount),
          })}
        </Item>
      )}
      {activation.seatName !== null && (
        <Item name={t('seat.name')}>
          <bdi>{activation.seatName}</bdi>
        </Item>
      )}
    </dl>
  );
}

function Item({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
