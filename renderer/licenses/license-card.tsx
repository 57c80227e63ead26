import { ChevronRight, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Reason } from '../../shared/license/reasons.ts';
import { ProductMark } from '../components/product-mark.tsx';
import { formatDay, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { LeaseBar, useLeaseWords } from './lease-bar.tsx';
import { MainAction } from './main-action.tsx';
import { Outcome } from './outcome.tsx';
import { planText } from './plan-text.ts';
import { ReadingCard } from './reading-card.tsx';
import { StateBadge } from './state-badge.tsx';
import { isBeingRead, leadingReason } from './tone.ts';
import { useAdvice } from './use-advice.ts';
import './license-card.css';

/** One product on the overview: its state, what matters most about it, and the one thing to do. */
export function LicenseCard({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const title = useId();
  const show = useApp((app) => app.show);
  const { productId, productName } = license;
  if (isBeingRead(license)) return <ReadingCard license={license} />;
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
      <LicenseCardBody license={license} />
      <Outcome license={license} />
    </article>
  );
}

/** While the lease runs, its bar with the button beside it; otherwise the button stands beside the reason. */
function LicenseCardBody({ license }: { readonly license: LicenseView }) {
  const reason = leadingReason(license);
  const line = reason === null ? null : <ReasonLine license={license} reason={reason} />;
  if (license.state !== 'active' || license.activation === null) {
    return (
      <div className="license-card-step">
        {line}
        <MainAction license={license} />
      </div>
    );
  }
  return (
    <>
      {line}
      <div className="license-card-foot">
        <LeaseLine
          activation={license.activation}
          state={license.state}
          saysWhen={reason?.code !== 'leaseEndsSoon'}
        />
        <MainAction license={license} />
      </div>
    </>
  );
}

const REASON_ICONS = { blocking: CircleAlert, warning: TriangleAlert, info: Info } as const;

function ReasonLine({ license, reason }: { readonly license: LicenseView; readonly reason: Reason }) {
  const { sentence, nextAction } = useAdvice(license).onReason(reason);
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

interface LeaseLineProps {
  readonly activation: NonNullable<LicenseView['activation']>;
  readonly state: LicenseView['state'];
  /** Whether the day belongs here; not where the reason above names it already. */
  readonly saysWhen: boolean;
}

function LeaseLine({ activation, state, saysWhen }: LeaseLineProps) {
  const language = useLanguage();
  const t = useText();
  const words = useLeaseWords(activation, state);
  const { leaseExpiry } = activation;
  return (
    <div className="license-card-lease">
      <p>
        <span>{words}</span>
        {saysWhen && leaseExpiry !== null && (
          <span className="quiet">
            {t('lease.until', { day: isolate(language, formatDay(language, leaseExpiry)) })}
          </span>
        )}
      </p>
      <LeaseBar activation={activation} state={state} />
    </div>
  );
}
