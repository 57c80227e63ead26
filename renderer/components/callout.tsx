import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import './callout.css';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

const ICONS = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, plain: Info } as const;

interface CalloutProps {
  readonly tone: Tone;
  readonly sentence: ReactNode;
  readonly nextAction?: ReactNode;
  readonly action?: ReactNode;
  /** `alert`: read out at once. `status`: read out when there is a pause. */
  readonly role?: 'alert' | 'status' | undefined;
  /** Set when something moves the focus here. */
  readonly focusRef?: Ref<HTMLDivElement>;
  readonly id?: string;
  /** The button below the text instead of beside it, where the column is too narrow for both. */
  readonly stacked?: boolean;
}

/** A sentence that matters, with what to do about it. The icon repeats the colour for those who don't see it. */
export function Callout({ tone, sentence, nextAction, action, role, focusRef, id, stacked }: CalloutProps) {
  const Icon = ICONS[tone];
  return (
    <div
      id={id}
      ref={focusRef}
      tabIndex={focusRef === undefined ? undefined : -1}
      role={role}
      className={`callout callout-${tone}${stacked === true ? ' callout-stacked' : ''}`}
    >
      <Icon className="callout-icon" size={18} aria-hidden />
      <div className="callout-text">
        <p className="callout-sentence">{sentence}</p>
        {nextAction !== undefined && <p>{nextAction}</p>}
      </div>
      {action !== undefined && <div className="callout-action">{action}</div>}
    </div>
  );
}
