import { Page } from '../components/page.tsx';
import { useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { startsWithForm } from '../store/projection.ts';
import { Activate } from './activate.tsx';
import { Detail } from './detail.tsx';
import { LicenseCard } from './license-card.tsx';
import { LinkNoticeCallout } from './link-notice.tsx';
import { Callout } from '../components/callout.tsx';
import { isBeingRead } from './tone.ts';
import './overview.css';

/**
 * The first screen: every product with its license; everything about it where there is only one; the activation form
 * where there is no license yet.
 */
export function Overview() {
  const t = useText();
  const licenses = useApp((app) => app.snapshot?.licenses) ?? [];
  const form = useApp(startsWithForm);
  if (form) return <Activate products={licenses} />;
  const only = licenses.length === 1 ? licenses[0] : undefined;
  if (only !== undefined && !isBeingRead(only)) return <Detail productId={only.productId} />;
  return (
    <Page title={t('nav.licenses')}>
      <LinkNoticeCallout />
      {licenses.length === 0 ? (
        <Callout tone="plain" sentence={t('overview.noProducts')} />
      ) : (
        <ul className="overview-list">
          {licenses.map((license) => (
            <li key={license.productId}>
              <LicenseCard license={license} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
