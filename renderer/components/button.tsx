import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import './button.css';

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** Shown while `isPending`: what is going on, in words. */
  readonly pendingLabel?: string;
  readonly children: ReactNode;
}

/** A button. While pending it stays in the tab order and says what is going on, but can't be pressed again. */
export function Button({ look = 'plain', icon, pendingLabel, children, ...rest }: ButtonProps) {
  const pending = rest.isPending === true;
  return (
    <AriaButton {...rest} className={`button button-${look}`}>
      {pending ? <LoaderCircle className="spinner" size={16} aria-hidden /> : icon}
      <span>{pending ? (pendingLabel ?? children) : children}</span>
    </AriaButton>
  );
}
