import { Check, Copy } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useText } from '../strings/use-text.ts';
import { useCopy } from './use-copy.ts';
import './copy-button.css';

interface CopyButtonProps {
  /** What is put on the clipboard. */
  readonly text: string;
  /** What it is, for the name of the button: "Copy seat id". */
  readonly label: string;
}

/** Copies a text and says so, to the eye and to a screen reader. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useText();
  const { outcome, copy } = useCopy(text);
  return (
    <>
      <AriaButton className="copy-button" aria-label={label} onPress={() => void copy()}>
        {outcome === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
      </AriaButton>
      <span role="status" className={outcome === 'failed' ? 'copy-failed' : 'unseen'}>
        {outcome === 'copied' && t('copied')}
        {outcome === 'failed' && t('copyFailed')}
      </span>
    </>
  );
}
