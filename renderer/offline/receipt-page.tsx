import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { isolate, sentenceCase } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { licenseOf } from '../store/projection.ts';
import { useApp } from '../store/use-app.ts';
import { Carrier } from './carrier.tsx';
import { ClearDialog } from './clear-dialog.tsx';
import { PortalAddress } from './portal-address.tsx';
import { useWhen } from './use-when.ts';

interface ReceiptPageProps {
  readonly productId: string;
  readonly id: string;
}

/** A deactivation to be carried to the portal: as often as wanted, until somebody says that it has arrived. */
export function ReceiptPage({ productId, id }: ReceiptPageProps) {
  const language = useLanguage();
  const t = useText();
  const when = useWhen();
  const license = useApp((app) => licenseOf(app, productId));
  const show = useApp((app) => app.show);
  const [asking, setAsking] = useState(false);
  if (license === null) return null;
  const receipt = license.offline.receipts.find((candidate) => candidate.id === id);
  const leave = () => show({ screen: 'licenses' });
  return (
    <Page
      title={t('receipt.title')}
      mark={<ProductMark name={license.productName} large />}
      back={{ label: t('nav.licenses'), go: leave }}
      {...(license.activation === null
        ? { subtitle: t('receipt.lead', { product: isolate(language, license.productName) }) }
        : {})}
    >
      {receipt === undefined ? (
        <Callout tone="plain" role="status" sentence={t('receipt.gone')} />
      ) : (
        <>
          <div className="card">
            <Carrier productId={productId} productName={license.productName} id={id} />
          </div>
          <div className="card">
            <PortalAddress />
          </div>
          <Facts>
            <Fact name={t('receipt.activation')}>
              <span className="code">{receipt.activationId}</span>
            </Fact>
            <Fact name={t('offline.madeLabel')}>{sentenceCase(language, when(receipt.madeAt))}</Fact>
          </Facts>
          <div className="detail-step">
            <p className="quiet">{t('receipt.kept')}</p>
            <Button onPress={() => setAsking(true)}>{t('receipts.clear')}</Button>
          </div>
          <ClearDialog
            license={license}
            receipt={receipt}
            isOpen={asking}
            onClose={() => setAsking(false)}
            onCleared={leave}
          />
        </>
      )}
    </Page>
  );
}
