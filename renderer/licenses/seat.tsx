import type { LicenseView } from '../../shared/license/schemas.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Section } from '../components/section.tsx';
import { formatDay } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { ClientCertificate } from './client-certificate.tsx';

/** The seat that this device has taken. */
export function Seat({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const { activation } = license;
  const seatId = activation?.seatId ?? license.seatId;
  if (activation === null && seatId === null) return null;
  return (
    <Section title={t('seat.title')}>
      <Facts>
        {activation !== null && activation.seatName !== null && (
          <Fact name={t('seat.name')}>
            <bdi>{activation.seatName}</bdi>
          </Fact>
        )}
        {activation !== null && activation.username !== null && (
          <Fact name={t('seat.account')}>
            <bdi>{activation.username}</bdi>
          </Fact>
        )}
        {seatId !== null && (
          <Fact name={t('seat.id')} action={<CopyButton text={seatId} label={t('seat.copyId')} />}>
            <span className="code">{seatId}</span>
          </Fact>
        )}
        <Fact
          name={t('seat.supportCode')}
          action={<CopyButton text={license.supportCode} label={t('seat.copySupportCode')} />}
        >
          <span className="code">{license.supportCode}</span>
        </Fact>
        {activation !== null && (
          <>
            {license.clientCertificate !== undefined && (
              <ClientCertificate certificate={license.clientCertificate} />
            )}
            <Fact name={t('seat.mode')}>{t(`seat.mode.${activation.mode}`)}</Fact>
            {license.heldAt !== null && (
              <Fact name={t('seat.server')}>
                <bdi>{license.heldAt.host}</bdi>
              </Fact>
            )}
            <Fact name={t('seat.since')}>
              <bdi>{formatDay(language, activation.activatedAt)}</bdi>
            </Fact>
          </>
        )}
      </Facts>
    </Section>
  );
}
