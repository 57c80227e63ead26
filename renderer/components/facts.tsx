import type { ReactNode } from 'react';
import './facts.css';

/** Rows of a name and its value, in a card. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="card facts">{children}</dl>;
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  /** A button at the end of the row. */
  readonly action?: ReactNode;
}

/** One row. The value may be in any script: its direction is its own. */
export function Fact({ name, children, action }: FactProps) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        <span className="fact-value selectable">{children}</span>
        {action}
      </dd>
    </div>
  );
}
