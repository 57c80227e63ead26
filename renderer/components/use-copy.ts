import { useEffect, useState } from 'react';

export type Copying = 'none' | 'copied' | 'failed';

const SHOWN_FOR = 2500;

/** Puts a text on the clipboard; how that went is said for a moment. */
export function useCopy(text: string): { readonly outcome: Copying; readonly copy: () => Promise<void> } {
  const [outcome, setOutcome] = useState<Copying>('none');
  useEffect(() => {
    if (outcome === 'none') return undefined;
    const timer = setTimeout(() => setOutcome('none'), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return { outcome, copy };
}
