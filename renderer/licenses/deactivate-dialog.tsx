import type { LicenseView } from '../../shared/license/schemas.ts';
import { AskDialog } from '../components/ask-dialog.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';

interface DeactivateDialogProps {
  readonly license: LicenseView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks before the seat is given up, and says when it is free: at once, or when the portal has been told. */
export function DeactivateDialog({ license, isOpen, onClose }: DeactivateDialogProps) {
  const language = useLanguage();
  const t = useText();
  const { operate, forgetOperation } = useApp((app) => app);
  const operation = useApp((app) => app.operations[license.productId]);
  const mine = operation?.kind === 'deactivate' ? operation : null;
  const isOfAccount = typeof license.activation?.username === 'string';
  const points =
    license.activation?.mode === 'offline'
      ? [t('deactivateOffline.atOnce'), t('deactivateOffline.file'), t('deactivateOffline.seat')]
      : [t('deactivate.freesSeat'), t('deactivate.stopsHere')];
  return (
    <AskDialog
      title={t('deactivate.title', { product: isolate(language, license.productName) })}
      points={[...points, t(isOfAccount ? 'deactivate.needsAccount' : 'deactivate.needsCode')]}
      confirm={t('deactivate.confirm')}
      running={t('deactivate.running')}
      isRunning={mine?.phase === 'running'}
      failure={mine?.phase === 'failed' ? mine.failure : null}
      isOpen={isOpen}
      onConfirm={() => void operate('deactivate', license.productId)}
      onClose={() => {
        forgetOperation(license.productId);
        onClose();
      }}
    />
  );
}
