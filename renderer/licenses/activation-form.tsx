import { useEffect, useId, useRef, type FormEvent } from 'react';
import { describeFailure } from '../../shared/messages/index.ts';
import { ERRORS } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Choice } from '../components/choice.tsx';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { offlineView } from '../store/offline.ts';
import { useApp } from '../store/use-app.ts';
import { RemedyButton } from './remedy-button.tsx';
import { helpedOffline, troubleOf } from './remedy.ts';
import { SeatFields } from './seat-fields.tsx';
import './activation-form.css';

/** All of these are what the form's own button does, or nothing that a form can do. */
const BESIDE = ['activate', 'refresh', 'pullState', 'deactivate', 'reload'] as const;

interface ActivationFormProps {
  /** What may be activated; with more than one, the person chooses. Never empty. */
  readonly products: readonly LicenseView[];
}

/** The form that takes an activation code. What is typed stays until it has been accepted. */
export function ActivationForm({ products }: ActivationFormProps) {
  const language = useLanguage();
  const t = useText();
  const draft = useApp((app) => app.draft);
  const edit = useApp((app) => app.edit);
  const activate = useApp((app) => app.activate);
  const activation = useApp((app) => app.activation);
  const show = useApp((app) => app.show);
  const linkNote = useId();
  const product = products.find(({ productId }) => productId === draft.productId) ?? products[0];
  const { codeField, notice } = useFailureFocus();
  if (product === undefined) return null;
  const running = activation.phase === 'running' || product.busy !== null;
  const failed = activation.phase === 'failed' ? activation.failure : null;
  const isAboutCode = failed !== null && ERRORS[failed.code].remedy === 'checkCode';
  const mayOffline = product.actions.includes('makeOfflineRequest');
  const goOffline = () => show(offlineView(product.productId, 'make'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (running) return;
    if (normalizeActivationCode(draft.code) === '') codeField.current?.focus();
    else void activate(product.productId);
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
      <SeatFields
        product={product}
        isRunning={running}
        codeFailure={isAboutCode ? failed : null}
        codeField={codeField}
      />
      {failed !== null && !isAboutCode && (
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
      <div className="activation-submit">
        {mayOffline && (
          <Button look="quiet" isDisabled={running} onPress={goOffline}>
            {t('offline.way')}
          </Button>
        )}
        <Button type="submit" look="primary" isPending={running} pendingLabel={t('activate.running')}>
          {t('activate.submit')}
        </Button>
      </div>
    </form>
  );
}

/** Where the focus goes: into the code's field at first and when the code was wrong, else to what went wrong. */
function useFailureFocus() {
  const codeField = useRef<HTMLInputElement>(null);
  const notice = useRef<HTMLDivElement>(null);
  const activation = useApp((app) => app.activation);
  useEffect(() => {
    if (activation.phase === 'running') return;
    if (notice.current === null) codeField.current?.focus({ preventScroll: true });
    else notice.current.focus();
  }, [activation]);
  return { codeField, notice };
}
