import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { formatNumbers, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

interface PartsCalloutProps {
  readonly missing: readonly number[];
  readonly total: number;
  readonly onChoose: () => void;
}

/** How many codes of a series are read, and which are to come. */
export function PartsCallout({ missing, total, onChoose }: PartsCalloutProps) {
  const language = useLanguage();
  const t = useText();
  return (
    <Callout
      tone="plain"
      stacked
      sentence={t('bring.parts', { read: total - missing.length, total })}
      nextAction={t('bring.partsNext', { numbers: isolate(language, formatNumbers(language, missing)) })}
      action={<Button onPress={onChoose}>{t('incoming.more')}</Button>}
    />
  );
}
