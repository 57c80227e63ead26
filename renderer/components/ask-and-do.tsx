import { useState } from 'react';
import type { BridgeResult } from '../../shared/contract.ts';
import type { Failure } from '../../shared/errors.ts';
import { AskDialog, type AskDialogProps } from './ask-dialog.tsx';

interface AskAndDoProps<T> extends Omit<AskDialogProps, 'isRunning' | 'failure' | 'onConfirm'> {
  /** What is done once it is confirmed. */
  readonly work: () => Promise<BridgeResult<T>>;
  /** It is done; whoever opened the dialog closes it. */
  readonly onDone: () => void;
}

/** Asks, does it when it is confirmed, and stays with the reason where that fails. */
export function AskAndDo<T>({ work, onDone, onClose, ...rest }: AskAndDoProps<T>) {
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async () => {
    // While it fades away it is still there to be pressed.
    if (!rest.isOpen) return;
    setRunning(true);
    setFailure(null);
    const result = await work();
    setRunning(false);
    if (result.ok) onDone();
    else setFailure(result.error);
  };
  return (
    <AskDialog
      {...rest}
      isRunning={isRunning}
      failure={failure}
      onConfirm={() => void run()}
      onClose={() => {
        setFailure(null);
        onClose();
      }}
    />
  );
}
