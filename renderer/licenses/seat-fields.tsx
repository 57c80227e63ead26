import { CircleAlert } from 'lucide-react';
import { useRef, type Ref } from 'react';
import { describeFailure } from '../../shared/messages/index.ts';
import type { Failure } from '../../shared/errors.ts';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Choice } from '../components/choice.tsx';
import { Field } from '../components/field.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import './seat-fields.css';

const LONGEST_SEAT_NAME = 50;
const SERVER_DECIDES = 'default';

interface SeatFieldsProps {
  readonly product: LicenseView;
  readonly isRunning: boolean;
  /** What is wrong with the code; null = nothing. */
  readonly codeFailure: Failure | null;
  readonly codeField: Ref<HTMLInputElement>;
}

/** What an activation asks for, online as offline: the code, the edition, and how the device is called. */
export function SeatFields({ product, isRunning, codeFailure, codeField }: SeatFieldsProps) {
  const t = useText();
  const draft = useApp((app) => app.draft);
  const edit = useApp((app) => app.edit);
  const pasted = useRef(false);
  return (
    <>
      <Field
        kind="code"
        name="code"
        label={t('activate.code')}
        hint={t('activate.codeHint')}
        value={draft.code}
        isReadOnly={isRunning}
        inputRef={codeField}
        error={codeFailure === null ? null : <FieldFailure failure={codeFailure} />}
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
      <SeatDetails product={product} isRunning={isRunning} />
    </>
  );
}

/** What may be said of the seat, whoever asks for it: the edition, and how the device is called. */
export function SeatDetails({ product, isRunning }: Pick<SeatFieldsProps, 'product' | 'isRunning'>) {
  const t = useText();
  const draft = useApp((app) => app.draft);
  const edit = useApp((app) => app.edit);
  return (
    <div className="seat-details">
      {product.editions.length > 0 && (
        <Choice
          label={t('activate.edition')}
          hint={t('activate.editionHint')}
          options={[{ id: SERVER_DECIDES, name: t('activate.editionAny') }, ...product.editions]}
          chosen={draft.editionId ?? SERVER_DECIDES}
          isDisabled={isRunning}
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
        isReadOnly={isRunning}
        maxLength={LONGEST_SEAT_NAME}
        onChange={(seatName) => edit({ seatName })}
      />
    </div>
  );
}

/** What is wrong with what was typed, under its field. */
export function FieldFailure({ failure }: { readonly failure: Failure }) {
  const { sentence, nextAction } = describeFailure(failure, useLanguage());
  return (
    <span className="field-failure" role="alert">
      <CircleAlert size={16} aria-hidden />
      <span>
        <strong>{sentence}</strong> {nextAction}
      </span>
    </span>
  );
}
