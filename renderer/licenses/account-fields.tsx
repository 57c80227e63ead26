import type { Ref } from 'react';
import type { Failure } from '../../shared/errors.ts';
import { LONGEST_PASSWORD, LONGEST_USERNAME } from '../../shared/license/username.ts';
import { Field } from '../components/field.tsx';
import { SecretField } from '../components/secret-field.tsx';
import { isolate } from '../format/intl.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { FieldFailure } from './seat-fields.tsx';

interface PasswordFieldsProps {
  readonly isRunning: boolean;
  /** What is wrong with the two; null = nothing. */
  readonly failure: Failure | null;
  /** Lives in the form alone, and for as long as it is shown. */
  readonly password: string;
  readonly onPassword: (password: string) => void;
  readonly usernameField: Ref<HTMLInputElement>;
  readonly passwordField: Ref<HTMLInputElement>;
}

/** User name and password. Which of the two is wrong nobody is told. */
export function PasswordFields({
  isRunning,
  failure,
  password,
  onPassword,
  usernameField,
  passwordField,
}: PasswordFieldsProps) {
  const t = useText();
  const username = useApp((app) => app.draft.username);
  const edit = useApp((app) => app.edit);
  return (
    <>
      <Field
        name="username"
        label={t('account.username')}
        value={username}
        isReadOnly={isRunning}
        maxLength={LONGEST_USERNAME}
        inputRef={usernameField}
        onChange={(next) => edit({ username: next })}
      />
      <SecretField
        name="password"
        label={t('account.password')}
        showLabel={t('account.show')}
        value={password}
        isReadOnly={isRunning}
        maxLength={LONGEST_PASSWORD}
        inputRef={passwordField}
        error={failure === null ? null : <FieldFailure failure={failure} />}
        onChange={onPassword}
      />
    </>
  );
}

/** What becomes of signing in in the browser, said before it opens. */
export function BrowserNote() {
  const language = useLanguage();
  const t = useText();
  const { vendorName } = useApplication();
  return <p className="quiet">{t('account.inBrowser', { vendor: isolate(language, vendorName) })}</p>;
}
