import type { LicenseView } from '../../shared/license/schemas.ts';
import { AskAndDo } from '../components/ask-and-do.tsx';
import { useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { useWhen } from './use-when.ts';

interface ClearDialogProps {
  readonly license: LicenseView;
  readonly receipt: LicenseView['offline']['receipts'][number];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCleared?: () => void;
}

/** Asks before a receipt goes: it is the only proof that this device has given its seat up. */
export function ClearDialog({ license, receipt, isOpen, onClose, onCleared }: ClearDialogProps) {
  const t = useText();
  const when = useWhen();
  const clearReceipt = useApp((app) => app.clearReceipt);
  return (
    <AskAndDo
      title={t('receipt.clear.title')}
      points={[
        t('receipts.row', { when: when(receipt.madeAt) }),
        t('receipt.clear.removed'),
        t('receipt.clear.taken'),
      ]}
      confirm={t('receipt.clear.confirm')}
      running={t('receipt.clear.running')}
      isOpen={isOpen}
      work={() => clearReceipt({ productId: license.productId, id: receipt.id })}
      onDone={() => {
        onClose();
        onCleared?.();
      }}
      onClose={onClose}
    />
  );
}
