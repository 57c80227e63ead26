import { useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useText } from '../strings/use-text.ts';
import { carriedBy } from './carried.ts';
import { findToken } from './find-token.ts';

interface PasteAreaProps {
  /** A text that was pasted, or one that has become a token while it was typed or put together. */
  readonly onText: (text: string) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A field for a token as text. What is pasted stays there, so that nothing is lost when it can't be read. */
export function PasteArea({ onText, onFiles }: PasteAreaProps) {
  const t = useText();
  const [text, setText] = useState('');
  return (
    <TextField
      className="field"
      name="token"
      value={text}
      onChange={(changed) => {
        setText(changed);
        if (findToken([changed]).found === 'token') onText(changed);
      }}
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
    >
      <Label className="field-label">{t('bring.text')}</Label>
      <TextArea
        className="field-input paste-area"
        dir="ltr"
        rows={3}
        placeholder="-----BEGIN LATCHKEY…"
        onPaste={(event) => {
          const { clipboardData, currentTarget } = event;
          const { files, text: pasted } = carriedBy(clipboardData);
          const { value, selectionStart, selectionEnd } = currentTarget;
          const whole = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd);
          if (files.length > 0) onFiles(files);
          else if (value !== '' && findToken([pasted]).found === 'token') {
            // Whole by itself: it takes the place of what stood there, or that would be read again in its stead.
            event.preventDefault();
            setText(pasted);
            onText(pasted);
          }
          // A whole token arrives by `onChange`; of anything else it must be said what is wrong.
          else if (findToken([whole]).found !== 'token') onText(whole);
        }}
      />
    </TextField>
  );
}
