import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import './ask-dialog.css';

export interface AskDialogProps {
  readonly title: string;
  /** What will be true afterwards. */
  readonly points: readonly string[];
  readonly confirm: string;
  /** `primary` where nothing is given up. */
  readonly look?: 'danger' | 'primary';
  readonly running: string;
  readonly isRunning: boolean;
  readonly failure: Failure | null;
  readonly isOpen: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is given up. Nothing in it is the default: Return alone does nothing, Escape cancels. */
export function AskDialog(props: AskDialogProps) {
  const { title, points, confirm, running, isRunning, failure, isOpen, onConfirm, onClose } = props;
  const { look = 'danger' } = props;
  const language = useLanguage();
  const t = useText();
  return (
    // A call under way can't be taken back, so the dialog stays until its answer is there.
    <DialogFrame role="alertdialog" title={title} isOpen={isOpen} isBusy={isRunning} onClose={onClose}>
      <ul className="dialog-points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      {failure !== null && <Callout tone="bad" role="alert" {...describeFailure(failure, language)} />}
      <div className="dialog-buttons">
        <Button isDisabled={isRunning} onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button look={look} isPending={isRunning} pendingLabel={running} onPress={onConfirm}>
          {confirm}
        </Button>
      </div>
    </DialogFrame>
  );
}

interface DialogFrameProps {
  readonly role: 'dialog' | 'alertdialog';
  readonly title: string;
  readonly isOpen: boolean;
  /** While something is under way, it can't be left. */
  readonly isBusy: boolean;
  readonly onClose: () => void;
  /** Room for more than a question. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A box above the window, with its title. */
export function DialogFrame({ role, title, isOpen, isBusy, onClose, isWide, children }: DialogFrameProps) {
  return (
    <ModalOverlay
      className="scrim"
      isOpen={isOpen}
      isKeyboardDismissDisabled={isBusy}
      onOpenChange={(open) => {
        if (!open && !isBusy) onClose();
      }}
    >
      <Modal className={isWide === true ? 'dialog dialog-wide' : 'dialog'}>
        <Dialog role={role} className="dialog-body">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
