import { useState } from 'react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { Section } from '../components/section.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { licenseOf } from '../store/projection.ts';
import { useApp } from '../store/use-app.ts';
import { ClearDialog } from './clear-dialog.tsx';
import { useWhen } from './use-when.ts';
import './receipts.css';

type Receipt = LicenseView['offline']['receipts'][number];

/** The deactivations of a product that the portal has to be told of. */
export function Receipts({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const { receipts } = license.offline;
  if (receipts.length === 0) return null;
  return (
    <Section
      title={t('receipts.title')}
      note={t('receipts.note', { product: isolate(language, license.productName) })}
    >
      <ul className="card receipts">
        {receipts.map((receipt) => (
          <ReceiptRow key={receipt.id} license={license} receipt={receipt} />
        ))}
      </ul>
    </Section>
  );
}

function ReceiptRow({ license, receipt }: { readonly license: LicenseView; readonly receipt: Receipt }) {
  const t = useText();
  const when = useWhen();
  const show = useApp((app) => app.show);
  const [asking, setAsking] = useState(false);
  const { productId } = license;
  const title = t('receipts.row', { when: when(receipt.madeAt) });
  return (
    <li className="receipt">
      <div className="receipt-words">
        <p className="receipt-when">{title}</p>
        <p className="quiet">
          {t('receipt.activation')}: <span className="code selectable">{receipt.activationId}</span>
        </p>
      </div>
      <div className="receipt-buttons">
        <Button
          aria-label={`${t('receipts.show')}: ${title}`}
          onPress={() => show({ screen: 'receipt', productId, id: receipt.id })}
        >
          {t('receipts.show')}
        </Button>
        <Button look="quiet" aria-label={`${t('receipts.clear')} ${title}`} onPress={() => setAsking(true)}>
          {t('receipts.clear')}
        </Button>
      </div>
      <ClearDialog license={license} receipt={receipt} isOpen={asking} onClose={() => setAsking(false)} />
    </li>
  );
}

/** All receipts of a product, on a page of their own. */
export function ReceiptsPage({ productId }: { readonly productId: string }) {
  const t = useText();
  const license = useApp((app) => licenseOf(app, productId));
  const show = useApp((app) => app.show);
  if (license === null) return null;
  return (
    <Page
      title={license.productName}
      mark={<ProductMark name={license.productName} large />}
      back={{ label: t('nav.licenses'), go: () => show({ screen: 'licenses' }) }}
    >
      {license.offline.receipts.length === 0 ? <p>{t('receipts.none')}</p> : <Receipts license={license} />}
    </Page>
  );
}
