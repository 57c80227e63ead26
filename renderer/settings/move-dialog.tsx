import { useState } from 'react';
import type { RequestOf } from '../../shared/contract.ts';
import type { Failure } from '../../shared/errors.ts';
import { AskDialog } from '../components/ask-dialog.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';

interface MoveDialogProps {
  /** null = nothing is asked. */
  readonly wish: RequestOf<'server.use'> | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before new activations are taken from another server, and says what becomes of the licenses that are held. */
export function MoveDialog({ wish, onClose, onDone }: MoveDialogProps) {
  const language = useLanguage();
  const t = useText();
  const { apiHost } = useApplication();
  const chooseServer = useApp((app) => app.chooseServer);
  const licenses = useApp((app) => app.snapshot?.licenses);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const host = wish?.kind === 'local' ? hostOf(wish.url) : apiHost;
  const held = (licenses ?? []).flatMap(({ productName, heldAt }) =>
    heldAt !== null && heldAt.host !== host
      ? [
          t('server.move.held', {
            product: isolate(language, productName),
            host: isolate(language, heldAt.host),
          }),
        ]
      : [],
  );
  const confirm = async () => {
    if (wish === null) return;
    setRunning(true);
    const done = await chooseServer(wish);
    setRunning(false);
    setFailure(done.ok ? null : done.error);
    if (done.ok) onDone();
  };
  return (
    <AskDialog
      title={t('server.move.title', { host: isolate(language, host) })}
      points={held.length === 0 ? [t('server.move.next')] : [...held, t('server.move.how')]}
      confirm={t('server.move.confirm')}
      look="primary"
      running={t('server.move.running')}
      isRunning={isRunning}
      failure={failure}
      isOpen={wish !== null}
      onConfirm={() => void confirm()}
      onClose={() => {
        setFailure(null);
        onClose();
      }}
    />
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
