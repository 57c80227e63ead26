import type { ClientCertificateView } from '../../shared/license/client-certificate.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Fact } from '../components/facts.tsx';
import { formatDay, isolate } from '../format/intl.ts';
import { useTrustedNow } from '../store/use-app.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

/** Until when the certificate is good by which this device identifies itself, and whose it is where it was brought. */
export function ClientCertificate({ certificate }: { readonly certificate: ClientCertificateView }) {
  const language = useLanguage();
  const t = useText();
  const { source, issuer, notAfter, fingerprint } = certificate;
  const day = isolate(language, formatDay(language, notAfter));
  const isOver = notAfter <= useTrustedNow();
  return (
    <Fact
      name={t('certificate.title')}
      action={<CopyButton text={fingerprint} label={t('certificate.copyFingerprint')} />}
    >
      {t(isOver ? 'certificate.ended' : 'certificate.until', { day })}
      {source === 'imported' && (
        <>
          {' · '}
          <bdi>{issuer}</bdi>
        </>
      )}
    </Fact>
  );
}
