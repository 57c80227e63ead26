import { ChevronRight, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { describeReason } from '../../shared/messages/index.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Reason } from '../../shared/license/reasons.ts';
import { ProductMark } from '../components/product-mark.tsx';
import { formatDay, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useTrustedNow } from '../store/use-app.ts';
import { LeaseBar, useLeaseWords } from './lease-bar.tsx';
import { Glance } from './glance.tsx';
import { MainAction } from './main-action.tsx';
import { Outcome } from './outcome.tsx';
import { planText } from './plan-text.ts';
import { ReadingCard } from './reading-card.tsx';
import { StateBadge } from './state-badge.tsx';
import { leadingReason } from './tone.ts';
import './license-card.css';

interface LicenseCardProps {
  readonly license: LicenseView;
  /** Whether it is the only one, so that it may say more. */
  readonly alone: boolean;
}

/** One product on the overview: its state, what matters most about it, and the one thing to do. */
export function LicenseCard({ license, alone }: LicenseCardProps) {
  const language = useLanguage();
  const t = useText();
  const title = useId();
  const show = useApp((app) => app.show);
  const { productId, productName, state, reasons } = license;
  if (state === 'uninitialized' && reasons.every(({ severity }) => severity === 'info')) {
    return <ReadingCard name={productName} />;
  }
  const reason = leadingReason(license);
  const plan = planText(license, language, t);
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
          {plan !== '' && <p className="quiet">{plan}</p>}
        </div>
        <StateBadge license={license} />
        <ChevronRight className="mirrored license-card-chevron" size={18} aria-hidden />
      </div>
      {reason !== null && <ReasonLine reason={reason} />}
      {alone && license.state === 'active' && license.activation !== null && (
        <Glance activation={license.activation} />
      )}
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
      {activation !== null && (license.state === 'active' || license.state === 'leaseExpired') && (
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
