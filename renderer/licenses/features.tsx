import { CircleCheck, CircleMinus } from 'lucide-react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Meter } from 'react-aria-components';
import { Section } from '../components/section.tsx';
import { formatDay, formatNumber, isolate } from '../format/intl.ts';
import { readableKey } from '../format/readable-key.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import './features.css';

type Feature = NonNullable<LicenseView['activation']>['features'][number];

/** What the license holds. */
export function Features({ features }: { readonly features: readonly Feature[] }) {
  const t = useText();
  if (features.length === 0) return null;
  return (
    <Section title={t('features.title')}>
      <FeatureList features={features} />
    </Section>
  );
}

/** The features as a list of rows. */
export function FeatureList({ features }: { readonly features: readonly Feature[] }) {
  return (
    <ul className="card features">
      {features.map((feature) => (
        <li key={feature.key} className="feature">
          {feature.type === 'bool' ? <Switched feature={feature} /> : <Counted feature={feature} />}
        </li>
      ))}
    </ul>
  );
}

function Switched({ feature }: { readonly feature: Feature }) {
  const t = useText();
  return (
    <div className="feature-line">
      <FeatureName feature={feature} />
      {feature.total !== 0 ? (
        <span className="feature-value">
          <CircleCheck className="feature-on" size={16} aria-hidden />
          {t('features.on')}
        </span>
      ) : (
        <span className="feature-value">
          <CircleMinus size={16} aria-hidden />
          {t('features.off')}
        </span>
      )}
    </div>
  );
}

function Counted({ feature }: { readonly feature: Feature }) {
  const language = useLanguage();
  const t = useText();
  const { active, total, available, usagePeriodEnds } = feature;
  const resets =
    usagePeriodEnds === null
      ? null
      : t('features.resets', { day: isolate(language, formatDay(language, usagePeriodEnds)) });
  const mine =
    active > 0
      ? t(feature.type === 'usageCount' ? 'features.usedHere' : 'features.heldHere', {
          count: formatNumber(language, active),
        })
      : null;
  const note = [mine, resets].filter((part) => part !== null).join(' · ');
  if (total === null || available === null) {
    return (
      <div className="feature-line">
        <FeatureName feature={feature} />
        <span className="feature-value">{t('features.unlimited')}</span>
        <FeatureNote note={note} />
      </div>
    );
  }
  const used = Math.max(0, total - available);
  const words = t(feature.type === 'usageCount' ? 'features.usedOf' : 'features.inUseOf', {
    used: formatNumber(language, used),
    total: formatNumber(language, total),
  });
  const share = total > 0 ? Math.min(1, used / total) : 1;
  return (
    <Meter
      className="feature-meter"
      aria-label={readableKey(feature.key)}
      value={used}
      maxValue={Math.max(total, 1)}
      valueLabel={words}
    >
      <div className="feature-line">
        <FeatureName feature={feature} />
        <span className="feature-value">{words}</span>
        <FeatureNote note={note} />
      </div>
      <div className={share >= 1 ? 'feature-bar feature-bar-full' : 'feature-bar'}>
        <div style={{ inlineSize: `${(share * 100).toFixed(1)}%` }} />
      </div>
    </Meter>
  );
}

function FeatureName({ feature }: { readonly feature: Feature }) {
  return (
    <span className="feature-name">
      <bdi title={feature.key}>{readableKey(feature.key)}</bdi>
    </span>
  );
}

function FeatureNote({ note }: { readonly note: string }) {
  if (note === '') return null;
  return <small className="feature-note quiet">{note}</small>;
}
