import { useState } from 'react';
import type { RequestOf } from '../../shared/contract.ts';
import { failure, type Failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import type { ServerCertificate } from '../../shared/server-view.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Field } from '../components/field.tsx';
import { useFileChooser } from '../offline/file-chooser.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { CertificateFacts } from './server-facts.tsx';

/** Far more than the certificates of a server. */
const LARGEST = 64 * 1024;

interface LocalServerFormProps {
  /** Address to begin with. */
  readonly known: string;
  readonly onUse: (wish: RequestOf<'server.use'>) => void;
  readonly onCancel: () => void;
}

/** Address, certificate and pin of a local server. What is in the certificate is shown before it is trusted. */
export function LocalServerForm({ known, onUse, onCancel }: LocalServerFormProps) {
  const language = useLanguage();
  const t = useText();
  const inspectCertificate = useApp((app) => app.inspectCertificate);
  const [url, setUrl] = useState(known);
  const [pin, setPin] = useState('');
  const [file, setFile] = useState<{ text: string; found: readonly ServerCertificate[] } | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const inspect = async ([chosen]: readonly File[]) => {
    if (chosen === undefined) return;
    setFile(null);
    setProblem(null);
    if (chosen.size > LARGEST) {
      setProblem(failure('serverCertificateUnreadable'));
      return;
    }
    try {
      const text = await chosen.text();
      const found = await inspectCertificate({ text });
      if (found.ok) setFile({ text, found: found.value.certificates });
      else setProblem(found.error);
    } catch {
      setProblem(failure('fileUnreadable'));
    }
  };
  const chooser = useFileChooser((files) => void inspect(files));
  const pins = pin.trim() === '' ? [] : [pin.trim()];
  const isComplete = url.trim() !== '' && (file !== null || pins.length > 0);
  return (
    <form
      className="setting server-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) onUse({ kind: 'local', url: url.trim(), pins, ...(file && { ca: file.text }) });
      }}
    >
      <Field
        name="server-address"
        label={t('server.address')}
        hint={t('server.addressHint')}
        kind="address"
        value={url}
        maxLength={2048}
        onChange={setUrl}
      />
      <div className="server-certificate">
        <span className="field-label">{t('server.certificate')}</span>
        {chooser.input}
        <Button onPress={chooser.open}>{t('server.chooseCertificate')}</Button>
      </div>
      {file !== null && (
        <>
          <CertificateFacts certificates={file.found} />
          <p className="section-note">{t('server.compare')}</p>
        </>
      )}
      {problem !== null && <Callout tone="bad" role="alert" {...describeFailure(problem, language)} />}
      <Field
        name="server-pin"
        label={t('server.pin')}
        hint={t('server.pinHint')}
        kind="address"
        value={pin}
        maxLength={64}
        onChange={setPin}
      />
      <div className="server-buttons">
        <Button onPress={onCancel}>{t('server.cancel')}</Button>
        <Button type="submit" look="primary" isDisabled={!isComplete}>
          {t(file === null ? 'server.useWithPin' : 'server.use')}
        </Button>
      </div>
    </form>
  );
}
