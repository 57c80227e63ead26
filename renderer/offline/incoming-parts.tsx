import { ERRORS, type Failure } from '../../shared/errors.ts';
import { describeFailure, remedyLabel } from '../../shared/messages/index.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import type { Applicable, Incoming } from '../store/incoming.ts';
import { offlineView } from '../store/offline.ts';
import { licenseOf } from '../store/projection.ts';
import { useApp } from '../store/use-app.ts';
import { useFileChooser } from './file-chooser.tsx';
import { PartsCallout } from './parts-callout.tsx';
import { PortalAddress } from './portal-address.tsx';
import { useBringIn } from './use-bring-in.ts';

/** What it is, in the words of the title. */
export function useIncomingTitle(incoming: Incoming): string {
  const language = useLanguage();
  const t = useText();
  const productName = useApp((app) =>
    'token' in incoming ? (licenseOf(app, incoming.token.productId)?.productName ?? '') : '',
  );
  switch (incoming.phase) {
    case 'none':
    case 'reading':
      return '';
    case 'ask':
    case 'applying':
      return t(incoming.token.kind === 'refresh' ? 'incoming.refresh.title' : 'incoming.response.title', {
        product: isolate(language, productName),
      });
    case 'parts':
      return t('incoming.parts');
    case 'elsewhere':
      return t(`incoming.elsewhere.${incoming.kind === 'deactivation' ? 'deactivation' : 'request'}`);
    case 'failed':
      return t(ERRORS[incoming.failure.code].remedy === 'none' ? 'incoming.nothing' : 'incoming.failed');
  }
}

export function ApplyQuestion({ token }: { readonly token: Applicable }) {
  const language = useLanguage();
  const t = useText();
  const { applyIncoming, putAway } = useApp((app) => app);
  const productName = useApp((app) => licenseOf(app, token.productId)?.productName ?? '');
  const question = token.kind === 'refresh' ? 'incoming.refresh.text' : 'incoming.response.text';
  return (
    <>
      <p>{t(question, { product: isolate(language, productName) })}</p>
      <div className="dialog-buttons">
        <Button onPress={putAway}>{t('incoming.notNow')}</Button>
        <Button look="primary" onPress={() => void applyIncoming()}>
          {t('incoming.apply')}
        </Button>
      </div>
    </>
  );
}

/** A file that goes out and not in: where it goes, and the way to what is open here. */
export function ElsewhereNote({ kind }: { readonly kind: 'activation-request' | 'deactivation' }) {
  const t = useText();
  const { putAway, show } = useApp((app) => app);
  const waiting = useApp((app) =>
    app.snapshot?.licenses.find(
      ({ offline }) => kind === 'activation-request' && offline.requests.length > 0,
    ),
  );
  const text = kind === 'deactivation' ? 'deactivationText' : 'requestText';
  return (
    <>
      <p>{t(`incoming.elsewhere.${text}`)}</p>
      <PortalAddress />
      <div className="dialog-buttons">
        {waiting !== undefined && (
          <Button
            onPress={() => {
              putAway();
              show(offlineView(waiting.productId, 'carry'));
            }}
          >
            {t('incoming.openRequest')}
          </Button>
        )}
        <Button look="primary" onPress={putAway}>
          {t('incoming.close')}
        </Button>
      </div>
    </>
  );
}

interface PartsNoteProps {
  readonly missing: readonly number[];
  readonly total: number;
}

export function PartsNote({ missing, total }: PartsNoteProps) {
  const t = useText();
  const putAway = useApp((app) => app.putAway);
  const { input, open } = useMore();
  return (
    <>
      {input}
      <PartsCallout missing={missing} total={total} onChoose={open} />
      <div className="dialog-buttons">
        <Button onPress={putAway}>{t('cancel')}</Button>
      </div>
    </>
  );
}

export function FailedNote({ failure }: { readonly failure: Failure }) {
  const language = useLanguage();
  const t = useText();
  const { putAway, show } = useApp((app) => app);
  const { input, open } = useMore();
  const { remedy } = ERRORS[failure.code];
  const asking = useApp((app) =>
    app.snapshot?.licenses.find(({ actions }) => actions.includes('makeOfflineRequest')),
  );
  return (
    <>
      {input}
      <Callout
        tone={remedy === 'none' ? 'plain' : 'bad'}
        role="alert"
        {...describeFailure(failure, language)}
      />
      {remedy === 'openPortal' && <PortalAddress />}
      <div className="dialog-buttons">
        {remedy === 'makeRequest' && asking !== undefined && (
          <Button
            onPress={() => {
              putAway();
              show(offlineView(asking.productId, 'make'));
            }}
          >
            {remedyLabel(remedy, language)}
          </Button>
        )}
        {(remedy === 'chooseFile' || remedy === 'openPortal') && (
          <Button onPress={open}>{remedyLabel('chooseFile', language)}</Button>
        )}
        <Button look="primary" onPress={putAway}>
          {t('incoming.close')}
        </Button>
      </div>
    </>
  );
}

/** Another file, in place of the one that did not do, or beside the codes that were read. */
function useMore() {
  const bringIn = useBringIn('window');
  return useFileChooser((files) => bringIn({ files, text: '' }));
}
