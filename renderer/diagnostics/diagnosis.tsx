import { RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import { describeFailure } from '../../shared/messages/index.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Page } from '../components/page.tsx';
import { useApp } from '../store/use-app.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { CheckGroups } from './check-groups.tsx';
import { CopySummary } from './copy-summary.tsx';
import { SaveBundle } from './save-bundle.tsx';
import { SupportCodes } from './support-codes.tsx';
import { VerdictPart } from './verdict.tsx';
import './diagnosis.css';

/** Why is this license not active? What was found, the main cause first, and every check that was made. */
export function DiagnosisScreen({ productId }: { readonly productId: string | null }) {
  const language = useLanguage();
  const t = useText();
  const { phase, report, failure } = useApp((app) => app.diagnosis);
  const { diagnose, cancelDiagnosis, show } = useApp((app) => app);
  useEffect(() => void diagnose(), [diagnose]);
  return (
    <Page
      title={t('diagnosis.title')}
      subtitle={t('diagnosis.intro')}
      back={
        productId === null
          ? { label: t('nav.help'), go: () => show({ screen: 'help' }) }
          : { label: t('nav.licenses'), go: () => show({ screen: 'license', productId }) }
      }
    >
      <div role="status" className="diagnosis-verdict">
        {phase === 'running' && <Callout tone="plain" sentence={t('diagnosis.looking')} />}
        {failure !== null && <Callout tone="bad" {...describeFailure(failure, language)} />}
        {report !== null && <VerdictPart report={report} />}
      </div>
      <div className="diagnosis-actions">
        {phase === 'running' ? (
          <Button onPress={() => void cancelDiagnosis()}>{t('cancel')}</Button>
        ) : (
          <Button icon={<RotateCw size={15} aria-hidden />} onPress={() => void diagnose()}>
            {t('diagnosis.again')}
          </Button>
        )}
        {phase !== 'running' && <SaveBundle />}
        {report !== null && <CopySummary report={report} />}
      </div>
      <SupportCodes productId={productId} />
      <CheckGroups />
    </Page>
  );
}
