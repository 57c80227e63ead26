import { PlugZap } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import './full-stop.css';

interface FullStopProps {
  readonly sentence: string;
  readonly nextAction: string;
  readonly button: string;
  readonly onPress: () => void;
}

/** A screen for when there is nothing to show but what went wrong and the way on. */
export function FullStop({ sentence, nextAction, button, onPress }: FullStopProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="full-stop">
      <span className="full-stop-mark" aria-hidden>
        <PlugZap size={30} />
      </span>
      <h1 ref={heading} tabIndex={-1}>
        {sentence}
      </h1>
      <p className="quiet">{nextAction}</p>
      <Button look="primary" onPress={onPress}>
        {button}
      </Button>
    </main>
  );
}
