import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { describeFailure } from '../../shared/messages/index.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import './deactivate-dialog.css';

interface DeactivateDialogProps {
  readonly license: LicenseView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks before the seat is given up. Nothing in it is the default: Return alone does nothing, Escape cancels. */
export function DeactivateDialog({ license, isOpen, onClose }: DeactivateDialogProps) {
  const language = useLanguage();
  const t = useText();
  const { operate, forgetOperation } = useApp((app) => app);
  const operation = useApp((app) => app.operations[license.productId]);
  const mine = operation?.kind === 'deactivate' ? operation : null;
  const running = mine?.phase === 'running';
  const close = () => {
    forgetOperation(license.productId);
    onClose();
  };
  return (
    <ModalOverlay
      className="scrim"
      isOpen={isOpen}
      // A call under way can't be taken back, so the dialog stays until its answer is there.
      isKeyboardDismissDisabled={running}
      onOpenChange={(open) => {
        if (!open && !running) close();
      }}
    >
      <Modal className="dialog">
        <Dialog role="alertdialog" className="dialog-body">
          <Heading slot="title" level={2}>
            {t('deactivate.title', { product: isolate(language, license.productName) })}
          </Heading>
          <ul className="dialog-points">
            <li>{t('deactivate.freesSeat')}</li>
            <li>{t('deactivate.stopsHere')}</li>
            <li>{t('deactivate.needsCode')}</li>
          </ul>
          {mine?.phase === 'failed' && (
            <Callout tone="bad" role="alert" {...describeFailure(mine.failure, language)} />
          )}
          <div className="dialog-buttons">
            <Button isDisabled={running} onPress={close}>
              {t('cancel')}
            </Button>
            <Button
              look="danger"
              isPending={running}
              pendingLabel={t('deactivate.running')}
              onPress={() => void operate('deactivate', license.productId)}
            >
              {t('deactivate.confirm')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
