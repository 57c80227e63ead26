import { KeyRound } from 'lucide-react';
import type { ReasonCode } from '../../shared/license/reasons.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Page } from '../components/page.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { describeReason } from '../../shared/messages/index.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { OpenExchanges } from '../offline/open-exchanges.tsx';
import { useApp, useApplication } from '../store/use-app.ts';
import { mayActivate } from '../store/projection.ts';
import { ActivationForm } from './activation-form.tsx';
import { BrowserWait } from './browser-wait.tsx';
import { leadingReason, toneOfReason } from './tone.ts';
import { waysFor } from './ways.ts';
import { LinkNoticeCallout } from './link-notice.tsx';
import './activate.css';

/** What the form itself says, or what stands above it with its way on. */
const SAID: readonly ReasonCode[] = ['neverActivated', 'requestPending', 'receiptPending'];

interface ActivateProps {
  readonly products: readonly LicenseView[];
  /** Absent where this is the first screen. */
  readonly onBack?: () => void;
}

/** The activation screen: for one product, or for whichever of several the code is for. */
export function Activate({ products, onBack }: ActivateProps) {
  const language = useLanguage();
  const t = useText();
  const application = useApplication();
  const { vendorName, accounts } = application;
  const waiting = accounts?.waiting ?? null;
  const show = useApp((app) => app.show);
  const only = products.length === 1 ? (products[0] ?? null) : null;
  const maySignIn = products.some((product) => waysFor(product, application).some((way) => way !== 'code'));
  const reason = only === null ? null : leadingReason(only);
  return (
    <Page
      title={only === null ? t('activate.titleSeveral') : t('activate.title', { product: only.productName })}
      subtitle={t(maySignIn ? 'activate.whereOrAccount' : 'activate.where', { vendor: vendorName })}
      mark={only === null ? <KeyMark /> : <ProductMark name={only.productName} large />}
      focus="none"
      {...(onBack === undefined ? {} : { back: { label: t('nav.licenses'), go: onBack } })}
    >
      <LinkNoticeCallout />
      {products.map((license) => (
        <OpenExchanges key={license.productId} license={license} />
      ))}
      {reason !== null && !SAID.includes(reason.code) && (
        <Callout tone={toneOfReason(reason)} role="status" {...describeReason(reason, language)} />
      )}
      {waiting === null ? <ActivationForm products={products} /> : <BrowserWait address={waiting.address} />}
      {waiting === null && (
        <p className="no-code quiet">
          {t(maySignIn ? 'help.noCodeOrAccount' : 'help.noCode')}
          <Button look="quiet" onPress={() => show({ screen: 'help' })}>
            {t('help.getHelp')}
          </Button>
        </p>
      )}
    </Page>
  );
}

/** The screen for a product whose activation was asked for, or for all that can be activated. */
export function ActivateScreen({ productId }: { readonly productId: string | null }) {
  const t = useText();
  const licenses = useApp((app) => app.snapshot?.licenses) ?? [];
  const show = useApp((app) => app.show);
  const running = useApp((app) => (app.activation.phase === 'running' ? app.activation.productId : null));
  const products = licenses.filter(
    (license) =>
      (productId === null || license.productId === productId) &&
      (mayActivate(license.actions) || license.productId === running),
  );
  const back = () => show({ screen: 'licenses' });
  if (products.length > 0) return <Activate products={products} onBack={back} />;
  return (
    <Page title={t('activate.titleSeveral')} back={{ label: t('nav.licenses'), go: back }}>
      <Callout tone="plain" sentence={t('activate.notNow')} />
    </Page>
  );
}

function KeyMark() {
  return (
    <span className="key-mark" aria-hidden>
      <KeyRound size={26} />
    </span>
  );
}
