import { useState } from 'react';
import type { BridgeResult } from '../../shared/contract.ts';
import type { Failure } from '../../shared/errors.ts';

/** What a dialog does when it is confirmed, and how that goes. */
export function useAsked<T>(
  work: () => Promise<BridgeResult<T>>,
  onDone: () => void,
): {
  readonly isRunning: boolean;
  readonly failure: Failure | null;
  readonly run: () => void;
  readonly forget: () => void;
} {
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const start = async () => {
    setRunning(true);
    setFailure(null);
    const result = await work();
    setRunning(false);
    if (result.ok) onDone();
    else setFailure(result.error);
  };
  return { isRunning, failure, run: () => void start(), forget: () => setFailure(null) };
}
