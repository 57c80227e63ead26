import type { RequestOf } from '../../shared/contract.ts';
import { AskAndDo } from '../components/ask-and-do.tsx';
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
  // A closed dialog, which has no wish, does nothing.
  const work = () => chooseServer(wish ?? { kind: 'cloud' });
  return (
    <AskAndDo
      title={t('server.move.title', { host: isolate(language, host) })}
      points={held.length === 0 ? [t('server.move.next')] : [...held, t('server.move.how')]}
      confirm={t('server.move.confirm')}
      look="primary"
      running={t('server.move.running')}
      isOpen={wish !== null}
      work={work}
      onDone={onDone}
      onClose={onClose}
    />
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
