import { CircleAlert } from 'lucide-react';
import { useEffect, useId, useRef, type FormEvent } from 'react';
import { describeFailure } from '../../shared/messages/index.ts';
import { ERRORS, type Failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Choice } from '../components/choice.tsx';
import { Field } from '../components/field.tsx';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { RemedyButton } from './remedy-button.tsx';
import { troubleOf } from './remedy.ts';
import './activation-form.css';

const LONGEST_SEAT_NAME = 50;
const SERVER_DECIDES = 'default';

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
  const pasted = useRef(false);
  const linkNote = useId();
  const product = products.find(({ productId }) => productId === draft.productId) ?? products[0];
  const { codeField, notice } = useFailureFocus();
  if (product === undefined) return null;
  const running = activation.phase === 'running' || product.busy !== null;
  const failed = activation.phase === 'failed' ? activation.failure : null;
  const isAboutCode = failed !== null && ERRORS[failed.code].remedy === 'checkCode';
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
      <Field
        kind="code"
        name="code"
        label={t('activate.code')}
        hint={t('activate.codeHint')}
        value={draft.code}
        isReadOnly={running}
        inputRef={codeField}
        error={isAboutCode ? <FailureText failure={failed} /> : null}
        onChange={(code) => {
          edit({ code: pasted.current ? normalizeActivationCode(code) : code, fromLink: false });
          pasted.current = false;
        }}
        onPaste={() => {
          pasted.current = true;
        }}
        onBlur={() => {
          // Only when it differs: an edit would take the note about the link away.
          const code = normalizeActivationCode(draft.code);
          if (code !== draft.code) edit({ code });
        }}
      />
      {product.editions.length > 0 && (
        <Choice
          label={t('activate.edition')}
          hint={t('activate.editionHint')}
          options={[{ id: SERVER_DECIDES, name: t('activate.editionAny') }, ...product.editions]}
          chosen={draft.editionId ?? SERVER_DECIDES}
          isDisabled={running}
          onChoose={(id) => edit({ editionId: id === SERVER_DECIDES ? null : id })}
        />
      )}
      <Field
        name="seatName"
        label={
          <>
            {t('activate.seatName')} <small>{t('activate.optional')}</small>
          </>
        }
        hint={t('activate.seatNameHint')}
        value={draft.seatName}
        isReadOnly={running}
        maxLength={LONGEST_SEAT_NAME}
        onChange={(seatName) => edit({ seatName })}
      />
      {failed !== null && !isAboutCode && (
        <Callout
          tone="bad"
          role="alert"
          focusRef={notice}
          stacked
          {...describeFailure(failed, language)}
          action={
            <RemedyButton
              license={product}
              trouble={troubleOf(failed)}
              message={describeFailure(failed, language)}
              except={BESIDE}
            />
          }
        />
      )}
      <div className="activation-submit">
        <Button type="submit" look="primary" isPending={running} pendingLabel={t('activate.running')}>
          {t('activate.submit')}
        </Button>
      </div>
    </form>
  );
}

/** What is wrong with the code, under its field. */
function FailureText({ failure }: { readonly failure: Failure }) {
  const { sentence, nextAction } = describeFailure(failure, useLanguage());
  return (
    <span className="activation-code-error" role="alert">
      <CircleAlert size={16} aria-hidden />
      <span>
        <strong>{sentence}</strong> {nextAction}
      </span>
    </span>
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
