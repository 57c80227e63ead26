import { FileInput } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useText } from '../strings/use-text.ts';
import { carriedBy } from './carried.ts';
import { useFileChooser } from './file-chooser.tsx';
import { PasteArea } from './paste-area.tsx';
import { useBringIn } from './use-bring-in.ts';
import { ZoneResult } from './zone-result.tsx';
import './bring-back.css';

interface BringBackProps {
  readonly productId: string;
  /** What is waited for. */
  readonly file: 'response' | 'refresh';
}

const ENDINGS = { response: '.lkresponse', refresh: '.lkrefresh' } as const;

/**
 * Where a file of the portal is brought: dropped, chosen, pasted, or as pictures of QR codes. What is brought here is
 * applied at once, since it was meant.
 */
export function BringBack({ productId, file }: BringBackProps) {
  const t = useText();
  const bringIn = useBringIn({ zone: productId });
  const { input, open } = useFileChooser((files) => bringIn({ files, text: '' }));
  const [isOver, setOver] = useState(false);
  const zone = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={zone}
      data-token-zone
      className="bring-back"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || zone.current?.contains(relatedTarget) !== true)
          setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        bringIn(carriedBy(event.dataTransfer));
      }}
    >
      {input}
      <AriaButton className={isOver ? 'drop-zone drop-zone-over' : 'drop-zone'} onPress={open}>
        <FileInput className="drop-zone-icon" size={30} strokeWidth={1.4} aria-hidden />
        <span className="drop-zone-name">{t(`bring.${file}`)}</span>
        <span className="drop-zone-choose">{t('bring.choose')}</span>
        <span className="quiet">
          {t('bring.responseEnding', { ending: `\u2066${ENDINGS[file]}\u2069` })} {t('bring.pictures')}
        </span>
      </AriaButton>
      <ZoneResult productId={productId} onChoose={open} />
      <PasteArea
        onText={(text) => bringIn({ files: [], text })}
        onFiles={(files) => bringIn({ files, text: '' })}
      />
    </div>
  );
}
