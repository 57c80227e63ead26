import { Check, Copy } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { useCopy } from '../components/use-copy.ts';
import { useText } from '../strings/use-text.ts';

/** The token as text, to be copied into a mail or a chat. */
export function CarriedText({ text }: { readonly text: string }) {
  const t = useText();
  const { outcome, copy } = useCopy(text);
  const words = { none: t('carrier.copy'), copied: t('copied'), failed: t('copyFailed') } as const;
  return (
    <>
      <textarea
        className="carried-text selectable"
        dir="ltr"
        rows={8}
        readOnly
        spellCheck={false}
        aria-label={t('carrier.textLabel')}
        value={text}
      />
      <div className="carried-text-foot">
        <p className="quiet">{t('carrier.textNote')}</p>
        <Button
          look="primary"
          icon={outcome === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          onPress={() => void copy()}
        >
          <span aria-live="polite">{words[outcome]}</span>
        </Button>
      </div>
    </>
  );
}
