import { RefreshCw } from 'lucide-react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Section } from '../components/section.tsx';
import { formatAgo, formatMoment, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useApplication, useTrustedNow } from '../store/use-app.ts';
import { LeaseBar, useLeaseWords } from './lease-bar.tsx';
import { Outcome } from './outcome.tsx';
import { stepFor } from './remedy.ts';
import { useRunning } from './use-running.ts';
import './lease.css';

/** The lease: how long it still runs, until when exactly, and the way to renew it. */
export function Lease({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const now = useTrustedNow();
  const words = useLeaseWords(license.activation, license.state);
  const { activation, lastContactAt } = license;
  if (activation === null) return null;
  const { leaseExpiry } = activation;
  const ends = () => {
    if (leaseExpiry === null) return t('lease.noEnd');
    const moment = isolate(language, formatMoment(language, leaseExpiry));
    return leaseExpiry > now ? t('lease.endsOn', { moment }) : t('lease.endedOn', { moment });
  };
  return (
    <Section title={t('lease.title')}>
      <div className="card card-body lease">
        <div className="lease-row">
          <p className="lease-left">{words}</p>
          <p className="lease-end quiet">{ends()}</p>
          <LeaseButtons license={license} />
        </div>
        <LeaseBar activation={activation} state={license.state} />
        <p className="lease-contact quiet">
          {activation.mode === 'offline'
            ? t('refreshFile.lease')
            : lastContactAt === null
              ? t('lease.neverContacted')
              : t('lease.lastContact', { ago: isolate(language, formatAgo(language, lastContactAt, now)) })}
        </p>
      </div>
      <Outcome license={license} />
    </Section>
  );
}

function LeaseButtons({ license }: { readonly license: LicenseView }) {
  const t = useText();
  const { operate, show } = useApp((app) => app);
  const running = useRunning(license);
  const { links } = useApplication();
  const { actions, state } = license;
  // The same button is not there twice: beside the reason it explains itself.
  const offered = license.reasons.some(
    (reason) =>
      reason.severity !== 'info' &&
      reason.remedy === 'refresh' &&
      stepFor(reason, { actions, state, links })?.kind === 'refresh',
  );
  const may = (action: 'refresh' | 'pullState') => license.actions.includes(action);
  return (
    <div className="lease-buttons">
      {license.actions.includes('importRefresh') && (
        <Button
          look={license.state === 'active' ? 'plain' : 'primary'}
          onPress={() => show({ screen: 'refreshFile', productId: license.productId })}
        >
          {t('refreshFile.open')}
        </Button>
      )}
      {may('pullState') && (
        <Button
          look={may('refresh') && !offered ? 'quiet' : 'plain'}
          isPending={running === 'pullState'}
          isDisabled={running !== null && running !== 'pullState'}
          pendingLabel={t('checking')}
          onPress={() => void operate('pullState', license.productId)}
        >
          {t('check')}
        </Button>
      )}
      {may('refresh') && !offered && (
        <Button
          look={license.state === 'active' ? 'plain' : 'primary'}
          icon={<RefreshCw size={15} aria-hidden />}
          isPending={running === 'refresh'}
          isDisabled={running !== null && running !== 'refresh'}
          pendingLabel={t('refreshing')}
          onPress={() => void operate('refresh', license.productId)}
        >
          {t('refresh')}
        </Button>
      )}
    </div>
  );
}
