import { Check } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useText } from '../strings/use-text.ts';
import './step.css';

interface StepProps {
  readonly number: number;
  readonly title: string;
  /** What came of it, in a line, while it is closed. */
  readonly summary?: string;
  readonly isOpen: boolean;
  readonly isDone: boolean;
  /** Opens it; absent where there is nothing to do there yet. */
  readonly onOpen?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** One step of several, below each other. The open one shows what is to be done; the others say where one stands. */
export function Step({ number, title, summary, isOpen, isDone, onOpen, children }: StepProps) {
  const t = useText();
  const body = useId();
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (isOpen && !wasOpen.current) {
      button.current?.focus({ preventScroll: true });
      button.current?.scrollIntoView({ block: 'nearest' });
    }
    wasOpen.current = isOpen;
  }, [isOpen]);
  const state = isOpen ? 'open' : isDone ? 'done' : 'ahead';
  return (
    <li className={`card step-${state}`}>
      <h2 className="step-heading">
        <AriaButton
          ref={button}
          className="step-button"
          aria-expanded={isOpen}
          {...(isOpen ? { 'aria-controls': body } : {})}
          isDisabled={onOpen === undefined && !isOpen}
          onPress={() => onOpen?.()}
        >
          <span className="step-number" aria-hidden>
            {isDone ? <Check size={15} strokeWidth={2.6} /> : number}
          </span>
          <span className="step-title">
            <span className="unseen">{t('offline.step', { number, title })}</span>
            <span aria-hidden>{title}</span>
            {isDone && <span className="unseen"> – {t('offline.stepDone')}</span>}
            {!isOpen && summary !== undefined && <span className="step-summary">{summary}</span>}
          </span>
        </AriaButton>
      </h2>
      {isOpen && (
        <div id={body} className="step-body">
          {children}
        </div>
      )}
    </li>
  );
}
