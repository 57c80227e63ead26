import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { describeFailure } from '../../shared/messages/index.ts';
import { ERRORS, type ErrorCode } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Choice } from '../components/choice.tsx';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { offlineView } from '../store/offline.ts';
import { Segments } from '../components/segments.tsx';
import { useApp, useApplication } from '../store/use-app.ts';
import { BrowserNote, PasswordFields } from './account-fields.tsx';
import { RemedyButton } from './remedy-button.tsx';
import { helpedOffline, troubleOf } from './remedy.ts';
import { SeatDetails, SeatFields } from './seat-fields.tsx';
import { captionOf, waysFor, type Way } from './ways.ts';
import './activation-form.css';

/** All of these are what the form's own button does, or nothing that a form can do. */
const BESIDE = ['activate', 'refresh', 'pullState', 'deactivate', 'reload'] as const;

/** What is said under a field of the form, and not above its button. */
const FIELD_FAILURES: Readonly<Record<Way, (code: ErrorCode) => boolean>> = {
  code: (code) => ERRORS[code].remedy === 'checkCode',
  password: (code) => code === 'credentialsInvalid' || code === 'accountLocked',
  browser: () => false,
};

interface ActivationFormProps {
  /** What may be activated; with more than one, the person chooses. Never empty. */
  readonly products: readonly LicenseView[];
}

/**
 * The form that takes an activation code, or signs in where the vendor offers that. What is typed stays until it has been
 * accepted, but for a password.
 */
export function ActivationForm({ products }: ActivationFormProps) {
  const language = useLanguage();
  const t = useText();
  const draft = useApp((app) => app.draft);
  const edit = useApp((app) => app.edit);
  const { activate, activateWithPassword, signIn, forgetFailure } = useApp((app) => app);
  const activation = useApp((app) => app.activation);
  const show = useApp((app) => app.show);
  const linkNote = useId();
  const product = products.find(({ productId }) => productId === draft.productId) ?? products[0];
  const application = useApplication();
  const [password, setPassword] = useState('');
  const { firstField, passwordField, notice, end } = useFailureFocus();
  if (product === undefined) return null;
  const ways = waysFor(product, application);
  const way = ways.find((candidate) => candidate === draft.way) ?? ways[0] ?? 'code';
  const running = activation.phase === 'running' || product.busy !== null;
  const failed = activation.phase === 'failed' ? activation.failure : null;
  const isAboutField = failed !== null && FIELD_FAILURES[way](failed.code);
  const mayOffline = product.actions.includes('makeOfflineRequest');
  const goOffline = () => show(offlineView(product.productId, 'make'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (running) return;
    const isEmpty =
      way === 'code' ? normalizeActivationCode(draft.code) === '' : draft.username.trim() === '';
    if (way === 'browser') void signIn(product.productId);
    else if (isEmpty || (way === 'password' && password === '')) firstField.current?.focus();
    else if (way === 'code') void activate(product.productId);
    else {
      // Nobody needs it here once it is on its way, however that ends.
      setPassword('');
      void activateWithPassword(product.productId, password);
    }
  };
  return (
    <form className="card card-body activation-form" onSubmit={submit} noValidate aria-busy={running}>
      {draft.fromLink && (
        <div id={linkNote}>
          <Callout tone="plain" sentence={t('activate.fromLink')} nextAction={t('activate.fromLinkNext')} />
        </div>
      )}
      {products.length > 1 && (
        <Choice
          label={t('activate.product')}
          options={products.map(({ productId, productName }) => ({ id: productId, name: productName }))}
          chosen={product.productId}
          isDisabled={running}
          onChoose={(productId) => edit({ productId, editionId: null })}
        />
      )}
      {ways.length > 1 && (
        <Segments
          label={t('way.label')}
          options={ways.map((id) => ({ id, name: t(`way.${captionOf(id, ways)}`) }))}
          chosen={way}
          isDisabled={running}
          onChoose={(next) => {
            setPassword('');
            edit({ way: next });
            forgetFailure();
          }}
        />
      )}
      {way === 'code' && (
        <SeatFields
          product={product}
          isRunning={running}
          codeFailure={isAboutField ? failed : null}
          codeField={firstField}
        />
      )}
      {way === 'password' && (
        <PasswordFields
          isRunning={running}
          failure={isAboutField ? failed : null}
          password={password}
          onPassword={setPassword}
          usernameField={firstField}
          passwordField={passwordField}
        />
      )}
      {way === 'browser' && <BrowserNote />}
      {way !== 'code' && <SeatDetails product={product} isRunning={running} />}
      {failed !== null && !isAboutField && (
        <Callout
          tone="bad"
          role="alert"
          focusRef={notice}
          stacked
          {...describeFailure(failed, language)}
          action={
            <div className="activation-remedies">
              <RemedyButton
                license={product}
                trouble={troubleOf(failed)}
                message={describeFailure(failed, language)}
                except={BESIDE}
              />
              {mayOffline && helpedOffline(failed.code) && (
                <Button onPress={goOffline}>{t('offline.wayShort')}</Button>
              )}
            </div>
          }
        />
      )}
      <div className="activation-submit" ref={end}>
        {mayOffline && (
          <Button look="quiet" isDisabled={running} onPress={goOffline}>
            {t('offline.way')}
          </Button>
        )}
        <Button type="submit" look="primary" isPending={running} pendingLabel={t('activate.running')}>
          {t(way === 'browser' ? 'account.openBrowser' : 'activate.submit')}
        </Button>
      </div>
    </form>
  );
}

/**
 * Where the focus goes: into the first field at first and where what it holds was refused, into a password that has to
 * be typed again, else to what went wrong, with the button for another try in sight.
 */
function useFailureFocus() {
  const firstField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const notice = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const activation = useApp((app) => app.activation);
  useEffect(() => {
    if (activation.phase === 'running') return;
    const field =
      activation.phase === 'failed' ? (passwordField.current ?? firstField.current) : firstField.current;
    if (notice.current === null) field?.focus({ preventScroll: true });
    else {
      notice.current.focus({ preventScroll: true });
      end.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [activation]);
  return { firstField, passwordField, notice, end };
}
