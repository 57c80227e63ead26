import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { QrCode } from '../components/qr-code.tsx';
import { useText } from '../strings/use-text.ts';

interface CodeSeriesProps {
  readonly codes: readonly string[];
  /** What the codes hold together. */
  readonly what: string;
}

/** The QR codes of a token, one at a time, so that a phone can't read the wrong one. It turns only when it is told to. */
export function CodeSeries({ codes, what }: CodeSeriesProps) {
  const t = useText();
  const [index, setIndex] = useState(0);
  const total = codes.length;
  const code = codes[index];
  if (code === undefined) return <p className="quiet">{t('carrier.tooLong')}</p>;
  const number = index + 1;
  return (
    <div className="code-series">
      <QrCode text={code} label={t('carrier.codeLabel', { number, total, what })} />
      {total > 1 && (
        <div className="code-series-turn">
          <AriaButton
            className="turn-button"
            aria-label={t('carrier.previous')}
            isDisabled={index === 0}
            onPress={() => setIndex(index - 1)}
          >
            <ChevronLeft className="mirrored" size={18} aria-hidden />
          </AriaButton>
          <p className="code-series-number" aria-live="polite">
            {t('carrier.code', { number, total })}
          </p>
          <AriaButton
            className="turn-button"
            aria-label={t('carrier.next')}
            isDisabled={number === total}
            onPress={() => setIndex(index + 1)}
          >
            <ChevronRight className="mirrored" size={18} aria-hidden />
          </AriaButton>
        </div>
      )}
      <p className="quiet code-series-note">{t('carrier.codeNote', { count: total })}</p>
    </div>
  );
}
