import { useState } from 'react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { Section } from '../components/section.tsx';
import { OpenExchanges } from '../offline/open-exchanges.tsx';
import { Receipts } from '../offline/receipts.tsx';
import { offlineView } from '../store/offline.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { licenseOf } from '../store/projection.ts';
import { Attributes } from './attributes.tsx';
import { DeactivateDialog } from './deactivate-dialog.tsx';
import { EntitlementFacts } from './entitlement.tsx';
import { Features } from './features.tsx';
import { LastKnown } from './last-known.tsx';
import { Lease } from './lease.tsx';
import { LinkNoticeCallout } from './link-notice.tsx';
import { planText } from './plan-text.ts';
import { GoodToKnow, PressingReasons } from './reasons.tsx';
import { Seat } from './seat.tsx';
import { StateBadge } from './state-badge.tsx';
import { useRunning } from './use-running.ts';
import './detail.css';

/** Everything about one license. */
export function Detail({ productId }: { readonly productId: string }) {
  const license = useApp((app) => licenseOf(app, productId));
  if (license === null) return null;
  return <LicenseDetail license={license} />;
}

function LicenseDetail({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const show = useApp((app) => app.show);
  const alone = useApp((app) => app.snapshot?.licenses.length === 1);
  const [asking, setAsking] = useState(false);
  const { activation, productName, productId, actions, state } = license;
  const plan = planText(license, language, t);
  const offered = license.reasons.some(
    ({ severity, remedy }) => severity !== 'info' && (remedy === 'activate' || remedy === 'activateAgain'),
  );
  const ask = () => setAsking(true);
  return (
    <Page
      title={productName}
      mark={<ProductMark name={productName} large />}
      aside={<StateBadge license={license} />}
      {...(plan === '' ? {} : { subtitle: plan })}
      // The only license is the first screen itself.
      {...(alone ? {} : { back: { label: t('nav.licenses'), go: () => show({ screen: 'licenses' }) } })}
    >
      <LinkNoticeCallout />
      <PressingReasons license={license} onDeactivate={ask} />
      <LastKnown license={license} />
      <OpenExchanges license={license} codes={['requestPending']} />
      {actions.includes('activateWithCode') && !offered && (
        <Section title={t('detail.activateTitle')}>
          <div className="card card-body detail-step">
            <p className="quiet">
              {t(state === 'notActivated' ? 'detail.activate' : 'detail.activateOther')}
            </p>
            <div className="detail-ways">
              {actions.includes('makeOfflineRequest') && (
                <Button look="quiet" onPress={() => show(offlineView(productId, 'make'))}>
                  {t('offline.wayShort')}
                </Button>
              )}
              <Button
                look={state === 'notActivated' ? 'primary' : 'plain'}
                onPress={() => show({ screen: 'activate', productId })}
              >
                {t('detail.enterCode')}
              </Button>
            </div>
          </div>
        </Section>
      )}
      {activation !== null && (
        <>
          <Lease license={license} />
          <Features license={license} features={activation.features} />
          <EntitlementFacts activation={activation} />
        </>
      )}
      <Seat license={license} />
      {activation !== null && <Attributes attributes={activation.attributes} />}
      <Receipts license={license} />
      <GoodToKnow license={license} />
      {actions.includes('deactivate') && <DeactivateSection license={license} onAsk={ask} />}
      <DeactivateDialog license={license} isOpen={asking} onClose={() => setAsking(false)} />
    </Page>
  );
}

interface DeactivateSectionProps {
  readonly license: LicenseView;
  readonly onAsk: () => void;
}

function DeactivateSection({ license, onAsk }: DeactivateSectionProps) {
  const t = useText();
  const running = useRunning(license);
  return (
    <Section title={t('deactivate.section')}>
      <div className="card card-body detail-step">
        <p className="quiet">{t('deactivate.sectionText')}</p>
        <Button
          isDisabled={running !== null && running !== 'deactivate'}
          isPending={running === 'deactivate'}
          pendingLabel={t('deactivate.running')}
          onPress={onAsk}
        >
          {t('deactivate.open')}
        </Button>
      </div>
    </Section>
  );
}
