import type { LicenseView } from '../../shared/license/schemas.ts';
import { AskAndDo } from '../components/ask-and-do.tsx';
import { useText } from '../strings/use-text.ts';
import { offlineView } from '../store/offline.ts';
import { useApp } from '../store/use-app.ts';
import { useWhen } from './use-when.ts';

interface DiscardDialogProps {
  readonly license: LicenseView;
  readonly request: LicenseView['offline']['requests'][number];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks before a request is forgotten: its key goes with it, and no response to it can ever be opened again. */
export function DiscardDialog({ license, request, isOpen, onClose }: DiscardDialogProps) {
  const t = useText();
  const when = useWhen();
  const { discardRequest, show } = useApp((app) => app);
  const { productId, offline } = license;
  const isLast = offline.requests.length === 1;
  return (
    <AskAndDo
      title={t('offline.discard.title')}
      points={[
        t('offline.made', { when: when(request.madeAt) }),
        t('offline.discard.useless'),
        ...(isLast ? [] : [t('offline.discard.others')]),
      ]}
      confirm={t('offline.discard.confirm')}
      running={t('offline.discard.running')}
      isOpen={isOpen}
      work={() => discardRequest({ productId, id: request.id })}
      onDone={() => {
        onClose();
        show(offlineView(productId, isLast ? 'make' : 'carry'));
      }}
      onClose={onClose}
    />
  );
}
