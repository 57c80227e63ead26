import { FileInput } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../strings/use-text.ts';
import { carriedBy, mayCarryToken, takesText } from './carried.ts';
import { looksLikeToken } from './find-token.ts';
import { IncomingDialog } from './incoming-dialog.tsx';
import { useBringIn } from './use-bring-in.ts';
import './window-intake.css';

/** Places that take tokens themselves and apply them at once. */
const ZONE = '[data-token-zone]';

const isInZone = (target: EventTarget | null) => target instanceof Element && target.closest(ZONE) !== null;

/**
 * Takes what is dropped anywhere in the window, and a token that is pasted anywhere, also into a field that is meant
 * for something else. What was brought by mistake changes nothing: the person is asked.
 */
export function WindowIntake() {
  const bringIn = useBringIn('window');
  const latest = useRef(bringIn);
  useEffect(() => {
    latest.current = bringIn;
  });
  const [isDragging, setDragging] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      const { dataTransfer, target } = event;
      const isMeant = mayCarryToken(dataTransfer) && (hasFiles(dataTransfer) || !takesText(target));
      setDragging(isMeant && !isInZone(target));
      // Without this the page would be left for the file.
      if (isMeant) event.preventDefault();
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      setDragging(false);
      const { dataTransfer, target } = event;
      if (isInZone(target)) return;
      const carried = carriedBy(dataTransfer);
      if (carried.files.length === 0 && takesText(target) && !looksLikeToken(carried.text)) return;
      event.preventDefault();
      latest.current(carried);
    };
    const paste = (event: ClipboardEvent) => {
      const { clipboardData, target } = event;
      if (isInZone(target)) return;
      const carried = carriedBy(clipboardData);
      if (carried.files.length === 0 && !looksLikeToken(carried.text)) return;
      // Before the field sees it: a token is no activation code.
      event.preventDefault();
      event.stopPropagation();
      latest.current(carried);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste, { capture: true });
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste, { capture: true });
    };
  }, []);
  return (
    <>
      {isDragging && <DropOverlay />}
      <IncomingDialog />
    </>
  );
}

const hasFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') === true;

function DropOverlay() {
  const t = useText();
  return (
    <div className="drop-overlay">
      <div className="drop-overlay-words">
        <FileInput size={34} strokeWidth={1.4} aria-hidden />
        <p className="drop-overlay-name">{t('incoming.overlay')}</p>
        <p>{t('incoming.overlayNote')}</p>
      </div>
    </div>
  );
}
