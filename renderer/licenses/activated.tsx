import { CircleCheck } from 'lucide-react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { Section } from '../components/section.tsx';
import { formatMoment, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { FeatureList } from './features.tsx';
import { planText } from './plan-text.ts';
import './activated.css';

/** What an activation brought: shown once, right after it. */
export function Activated({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const show = useApp((app) => app.show);
  const { activation, productName, productId } = license;
  if (activation === null) return null;
  const plan = planText(license, language, t);
  const until =
    activation.leaseExpiry === null
      ? t('lease.noEnd')
      : t('lease.endsOn', { moment: isolate(language, formatMoment(language, activation.leaseExpiry)) });
  return (
    <Page
      title={t('activated.title', { product: isolate(language, productName) })}
      subtitle={
        plan === '' ? (
          until
        ) : (
          <>
            {plan}
            <br />
            {until}
          </>
        )
      }
      mark={
        <span className="activated-mark" aria-hidden>
          <CircleCheck size={28} />
        </span>
      }
    >
      {activation.features.length > 0 && (
        <Section title={t('activated.features')}>
          <FeatureList features={activation.features} />
        </Section>
      )}
      <div className="activated-next">
        <Button onPress={() => show({ screen: 'license', productId })}>{t('activated.details')}</Button>
        <Button look="primary" onPress={() => show({ screen: 'licenses' })}>
          {t('activated.done')}
        </Button>
      </div>
    </Page>
  );
}
