import { useEffect, useRef, type FormEvent } from 'react';
import { ERRORS } from '../../shared/errors.ts';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { SeatFields } from '../licenses/seat-fields.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';

/** The first step: what the request asks for. */
export function MakeStep({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const making = useApp((app) => app.making);
  const code = useApp((app) => app.draft.code);
  const makeRequest = useApp((app) => app.makeRequest);
  const codeField = useRef<HTMLInputElement>(null);
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (making.phase !== 'failed') return;
    if (notice.current === null) codeField.current?.focus({ preventScroll: true });
    else notice.current.focus();
  }, [making]);
  const isRunning = making.phase === 'running' || license.busy !== null;
  const failed = making.phase === 'failed' ? making.failure : null;
  const isAboutCode = failed !== null && ERRORS[failed.code].remedy === 'checkCode';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning) return;
    if (normalizeActivationCode(code) === '') codeField.current?.focus();
    else void makeRequest(license.productId);
  };
  return (
    <form className="make-request" onSubmit={submit} noValidate aria-busy={isRunning}>
      <p className="quiet">
        {t('offline.make.text')} {license.offline.requests.length > 0 && t('offline.make.again')}
      </p>
      <SeatFields
        product={license}
        isRunning={isRunning}
        codeFailure={isAboutCode ? failed : null}
        codeField={codeField}
      />
      {failed !== null && !isAboutCode && (
        <Callout tone="bad" role="alert" focusRef={notice} {...describeFailure(failed, language)} />
      )}
      <div className="step-foot">
        <Button type="submit" look="primary" isPending={isRunning} pendingLabel={t('offline.make.running')}>
          {t('offline.make.submit')}
        </Button>
      </div>
    </form>
  );
}
