import { useState } from 'react';
import type { Failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { DialogFrame } from '../components/ask-dialog.tsx';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { CheckField } from '../components/check-field.tsx';
import { Field } from '../components/field.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';

interface ProxyDialogProps {
  /** Host and port of the proxy that asked; null where they are not known. */
  readonly proxy: string | null;
  readonly onClose: (signedIn: boolean) => void;
}

/** Asks for user name and password of a proxy. They live in this dialog alone and go with it. */
export function ProxyDialog({ proxy, onClose }: ProxyDialogProps) {
  const language = useLanguage();
  const t = useText();
  const signIn = useApp((app) => app.signInToProxy);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async () => {
    if (username === '' || isRunning) return;
    setRunning(true);
    setFailure(null);
    const problem = await signIn({ proxy, username, password, remember });
    setRunning(false);
    if (problem === null) onClose(true);
    else {
      setPassword('');
      setFailure(problem);
    }
  };
  return (
    <DialogFrame
      role="dialog"
      title={t('proxy.title')}
      isOpen
      isBusy={isRunning}
      onClose={() => onClose(false)}
    >
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          // The dialog may stand in the page's own form, which must not be sent with it.
          event.stopPropagation();
          void submit();
        }}
      >
        <p className="quiet">{t('proxy.text', { proxy: isolate(language, proxy ?? t('network.proxy')) })}</p>
        {failure !== null && <Callout tone="bad" role="alert" {...describeFailure(failure, language)} />}
        <Field
          label={t('proxy.username')}
          name="username"
          value={username}
          onChange={setUsername}
          maxLength={256}
          isReadOnly={isRunning}
        />
        <Field
          label={t('proxy.password')}
          name="password"
          kind="password"
          value={password}
          onChange={setPassword}
          maxLength={256}
          isReadOnly={isRunning}
        />
        <CheckField
          label={t('proxy.remember')}
          hint={t('proxy.rememberHint')}
          isSelected={remember}
          onChange={setRemember}
          isDisabled={isRunning}
        />
        <div className="dialog-buttons">
          <Button isDisabled={isRunning} onPress={() => onClose(false)}>
            {t('cancel')}
          </Button>
          <Button
            look="primary"
            type="submit"
            isDisabled={username === ''}
            isPending={isRunning}
            pendingLabel={t('proxy.running')}
          >
            {t('proxy.submit')}
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}
