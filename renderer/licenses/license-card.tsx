import { ChevronRight, CircleAlert, Info, RefreshCw, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { describeReason } from '../../shared/messages/index.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Reason } from '../../shared/license/reasons.ts';
import { Button } from '../components/button.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { formatDay, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useTrustedNow } from '../store/use-app.ts';
import { LeaseBar, useLeaseWords } from './lease-bar.tsx';
import { useRunning } from './lease.tsx';
import { Outcome } from './outcome.tsx';
import { planText } from './plan-text.ts';
import { StateBadge } from './state-badge.tsx';
import { leadingReason } from './tone.ts';
import './license-card.css';

/** One product on the overview: its state, what matters most about it, and the one thing to do. */
export function LicenseCard({ license }: { readonly license: LicenseView }) {
  const t = useText();
  const title = useId();
  const show = useApp((app) => app.show);
  const { productId, productName, state, reasons } = license;
  if (state === 'uninitialized' && reasons.every(({ severity }) => severity === 'info')) {
    return <ReadingCard name={productName} />;
  }
  const reason = leadingReason(license);
  const plan = planText(license, t);
  return (
    <article className="card license-card" aria-labelledby={title}>
      <div className="license-card-head">
        <ProductMark name={productName} />
        <div className="license-card-names">
          <h2 id={title}>
            <AriaButton className="license-card-link" onPress={() => show({ screen: 'license', productId })}>
              <bdi>{productName}</bdi>
            </AriaButton>
          </h2>
          {plan !== '' && (
            <p className="quiet">
              <bdi>{plan}</bdi>
            </p>
          )}
        </div>
        <StateBadge license={license} />
        <ChevronRight className="mirrored license-card-chevron" size={18} aria-hidden />
      </div>
      {reason !== null && <ReasonLine reason={reason} />}
      <LicenseCardFoot license={license} />
      <Outcome productId={productId} />
    </article>
  );
}

const REASON_ICONS = { blocking: CircleAlert, warning: TriangleAlert, info: Info } as const;

function ReasonLine({ reason }: { readonly reason: Reason }) {
  const { sentence, nextAction } = describeReason(reason, useLanguage());
  const Icon = REASON_ICONS[reason.severity];
  return (
    <p className={`license-card-reason license-card-reason-${reason.severity}`}>
      <Icon size={16} aria-hidden />
      <span>
        {sentence} <span className="quiet">{nextAction}</span>
      </span>
    </p>
  );
}

function LicenseCardFoot({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const now = useTrustedNow();
  const words = useLeaseWords(license.activation);
  const { activation } = license;
  return (
    <div className="license-card-foot">
      {activation !== null && license.state !== 'notActivated' && (
        <div className="license-card-lease">
          <p>
            <span>{words}</span>
            {activation.leaseExpiry !== null && (
              <span className="quiet">
                {t(activation.leaseExpiry > now ? 'lease.until' : 'lease.ended', {
                  day: isolate(language, formatDay(language, activation.leaseExpiry)),
                })}
              </span>
            )}
          </p>
          <LeaseBar activation={activation} state={license.state} />
        </div>
      )}
      <MainAction license={license} />
    </div>
  );
}

/** The one thing to do: the first that the state allows, in the order of what helps. */
function MainAction({ license }: { readonly license: LicenseView }) {
  const t = useText();
  const { show, operate } = useApp((app) => app);
  const running = useRunning(license);
  const { productId, actions, state } = license;
  const look = state === 'active' ? 'plain' : 'primary';
  if (actions.includes('refresh')) {
    return (
      <Button
        look={look}
        icon={<RefreshCw size={15} aria-hidden />}
        isPending={running !== null}
        pendingLabel={t('refreshing')}
        onPress={() => void operate('refresh', productId)}
      >
        {t('refresh')}
      </Button>
    );
  }
  if (actions.includes('pullState')) {
    return (
      <Button
        look={look}
        icon={<RefreshCw size={15} aria-hidden />}
        isPending={running !== null}
        pendingLabel={t('checking')}
        onPress={() => void operate('pullState', productId)}
      >
        {t('check')}
      </Button>
    );
  }
  if (!actions.includes('activateWithCode')) return null;
  return (
    <Button
      look="primary"
      isPending={running !== null}
      pendingLabel={t('activate.running')}
      onPress={() => show({ screen: 'activate', productId })}
    >
      {t('activate.submit')}
    </Button>
  );
}

/** A card whose license is still being read: its shape, without a word that could turn out wrong. */
function ReadingCard({ name }: { readonly name: string }) {
  const t = useText();
  return (
    <article className="card license-card" aria-busy aria-label={name}>
      <div className="license-card-head">
        <ProductMark name={name} />
        <div className="license-card-names">
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <p className="quiet">{t('reading')}</p>
        </div>
      </div>
      <div className="bone bone-line" />
    </article>
  );
}
