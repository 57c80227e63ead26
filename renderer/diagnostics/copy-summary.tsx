import { Check, Copy } from 'lucide-react';
import type { DiagnosisReport } from '../../shared/support/report.ts';
import { Button } from '../components/button.tsx';
import { useCopy } from '../components/use-copy.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { summaryOf } from './summary.ts';

/** Puts the verdict on the clipboard, for a mail to support. */
export function CopySummary({ report }: { readonly report: DiagnosisReport }) {
  const t = useText();
  const { outcome, copy } = useCopy(summaryOf(report, useLanguage()));
  return (
    <>
      <Button
        look="quiet"
        icon={outcome === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        onPress={() => void copy()}
      >
        {t('diagnosis.copy')}
      </Button>
      <span role="status" className={outcome === 'failed' ? 'copy-failed' : 'unseen'}>
        {outcome === 'copied' && t('copied')}
        {outcome === 'failed' && t('copyFailed')}
      </span>
    </>
  );
}
