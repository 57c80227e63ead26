import { Page } from '../components/page.tsx';
import { useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { startsWithForm } from '../store/projection.ts';
import { Activate } from './activate.tsx';
import { LicenseCard } from './license-card.tsx';
import { LinkNoticeCallout } from './link-notice.tsx';
import { Callout } from '../components/callout.tsx';
import './overview.css';

/** The first screen: every product with its license, or the activation form where there is none yet. */
export function Overview() {
  const t = useText();
  const licenses = useApp((app) => app.snapshot?.licenses) ?? [];
  const form = useApp(startsWithForm);
  if (form) return <Activate products={licenses} />;
  return (
    <Page title={t('nav.licenses')}>
      <LinkNoticeCallout />
      {licenses.length === 0 ? (
        <Callout tone="plain" sentence={t('overview.noProducts')} />
      ) : (
        <ul className="overview-list">
          {licenses.map((license) => (
            <li key={license.productId}>
              <LicenseCard license={license} alone={licenses.length === 1} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
