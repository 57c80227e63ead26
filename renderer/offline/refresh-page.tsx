import { CopyButton } from '../components/copy-button.tsx';
import { Callout } from '../components/callout.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { Section } from '../components/section.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { licenseOf } from '../store/projection.ts';
import { useApp } from '../store/use-app.ts';
import { BringBack } from './bring-back.tsx';
import { PortalAddress } from './portal-address.tsx';

/** The lease of an offline activation is renewed by a file: where to fetch it, for which device, and where it goes. */
export function RefreshPage({ productId }: { readonly productId: string }) {
  const language = useLanguage();
  const t = useText();
  const license = useApp((app) => licenseOf(app, productId));
  const show = useApp((app) => app.show);
  if (license === null) return null;
  const product = isolate(language, license.productName);
  const { activation, actions } = license;
  const allowed = actions.includes('importRefresh') && activation !== null;
  return (
    <Page
      title={t('refreshFile.title', { product })}
      subtitle={t('refreshFile.lead')}
      mark={<ProductMark name={license.productName} large />}
      back={{ label: license.productName, go: () => show({ screen: 'license', productId }) }}
    >
      {!allowed ? (
        <Callout tone="plain" role="status" sentence={t('offline.notNow', { product })} />
      ) : (
        <>
          <Section title={`1. ${t('refreshFile.fetch')}`}>
            <p className="quiet">{t('refreshFile.fetchText')}</p>
            <PortalAddress />
            <Facts>
              {activation.seatName !== null && (
                <Fact name={t('seat.name')}>
                  <bdi>{activation.seatName}</bdi>
                </Fact>
              )}
              <Fact
                name={t('seat.id')}
                action={<CopyButton text={activation.seatId} label={t('seat.copyId')} />}
              >
                <span className="code">{activation.seatId}</span>
              </Fact>
            </Facts>
          </Section>
          <Section title={`2. ${t('refreshFile.bring')}`}>
            <div className="card card-body">
              <BringBack productId={productId} file="refresh" />
            </div>
          </Section>
        </>
      )}
    </Page>
  );
}
