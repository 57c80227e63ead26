import { CircleCheck, CircleMinus } from 'lucide-react';
import { useState } from 'react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Meter } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { Section } from '../components/section.tsx';
import { formatDay, formatNumber, isolate } from '../format/intl.ts';
import { readableKey } from '../format/readable-key.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { FeatureDialog } from './feature-dialog.tsx';
import { overdraftText } from './overdraft-text.ts';
import './features.css';

type Feature = NonNullable<LicenseView['activation']>['features'][number];

interface FeaturesProps {
  readonly license: LicenseView;
  readonly features: readonly Feature[];
}

/** What the license holds, and the way to take more or less of what is shared. */
export function Features({ license, features }: FeaturesProps) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const mayChange = license.actions.includes('checkoutFeature');
  if (features.length === 0) return null;
  const feature = features.find(({ key }) => key === chosen);
  return (
    <Section title={t('features.title')}>
      <FeatureList features={features} {...(mayChange ? { onChange: setChosen } : {})} />
      {feature !== undefined && (
        <FeatureDialog
          key={feature.key}
          license={license}
          feature={feature}
          onClose={() => setChosen(null)}
        />
      )}
    </Section>
  );
}

interface FeatureListProps {
  readonly features: readonly Feature[];
  /** Asks for another amount of a pool. Without it there is nothing to change. */
  readonly onChange?: (key: string) => void;
}

/** The features as a list of rows. */
export function FeatureList({ features, onChange }: FeatureListProps) {
  const t = useText();
  return (
    <ul className="card">
      {features.map((feature) => (
        <li key={feature.key} className="feature">
          {feature.type === 'bool' ? <Switched feature={feature} /> : <Counted feature={feature} />}
          {feature.type === 'elementPool' && onChange !== undefined && (
            <Button
              aria-label={t('features.changeOf', { feature: readableKey(feature.key) })}
              onPress={() => onChange(feature.key)}
            >
              {t('features.change')}
            </Button>
          )}
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
  const { active, total, available, overdrawn = 0, usagePeriodEnds } = feature;
  const overdraft = overdraftText(feature, language, t);
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
  const note = [mine, overdraft, resets].filter((part) => part !== null).join(' · ');
  if (total === null || available === null) {
    return (
      <div className="feature-line">
        <FeatureName feature={feature} />
        <span className="feature-value">{t('features.unlimited')}</span>
        <FeatureNote note={note} />
      </div>
    );
  }
  const used = Math.max(0, total - available) + overdrawn;
  const words = t(feature.type === 'usageCount' ? 'features.usedOf' : 'features.inUseOf', {
    used: formatNumber(language, used),
    total: formatNumber(language, total),
  });
  const share = total > 0 ? Math.min(1, used / total) : 1;
  return (
    <Meter
      className="feature-meter"
      aria-label={readableKey(feature.key)}
      value={Math.min(used, Math.max(total, 1))}
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
