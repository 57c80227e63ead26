import { useState } from 'react';
import { remedyLabel } from '../../shared/messages/index.ts';
import { Button } from '../components/button.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApplication } from '../store/use-app.ts';
import { supportDetails, type CopiedTrouble } from './support-details.ts';

/** Puts what an administrator needs on the clipboard. */
export function CopyDetails({ trouble }: { readonly trouble: CopiedTrouble }) {
  const language = useLanguage();
  const t = useText();
  const application = useApplication();
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(supportDetails(trouble, application));
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  const words = {
    none: remedyLabel('askAdministrator', language),
    copied: t('copied'),
    failed: t('copyFailed'),
  } as const;
  return (
    <Button onPress={() => void copy()}>
      <span aria-live="polite">{words[outcome]}</span>
    </Button>
  );
}
