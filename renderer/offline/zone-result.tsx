import { LoaderCircle } from 'lucide-react';
import { ERRORS, type Failure } from '../../shared/errors.ts';
import { describeFailure, remedyLabel } from '../../shared/messages/index.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { offlineView } from '../store/offline.ts';
import { licenseOf } from '../store/projection.ts';
import { useApp } from '../store/use-app.ts';
import { PartsCallout } from './parts-callout.tsx';

interface ZoneResultProps {
  readonly productId: string;
  readonly onChoose: () => void;
}

/** What became of what was brought to a zone. The region is always there, so that a screen reader hears what changes. */
export function ZoneResult({ productId, onChoose }: ZoneResultProps) {
  const language = useLanguage();
  const t = useText();
  const { incoming, place } = useApp((app) => app.intake);
  const mine = place !== 'window' && place.zone === productId;
  const content = () => {
    if (!mine) return null;
    switch (incoming.phase) {
      case 'none':
      case 'ask':
        return null;
      case 'reading':
      case 'applying':
        return (
          <p className="zone-busy">
            <LoaderCircle className="spinner" size={16} aria-hidden />
            {t(incoming.phase === 'reading' ? 'bring.reading' : 'bring.applying')}
          </p>
        );
      case 'parts':
        return <PartsCallout missing={incoming.missing} total={incoming.total} onChoose={onChoose} />;
      case 'elsewhere':
        return (
          <Callout
            tone="warn"
            sentence={t(
              `incoming.elsewhere.${incoming.kind === 'deactivation' ? 'deactivation' : 'request'}`,
            )}
            nextAction={t(
              `incoming.elsewhere.${incoming.kind === 'deactivation' ? 'deactivationText' : 'requestText'}`,
            )}
          />
        );
      case 'failed':
        return (
          <Callout
            tone={incoming.failure.code === 'tokenReplayed' ? 'plain' : 'bad'}
            stacked
            {...describeFailure(incoming.failure, language)}
            action={<ZoneRemedy productId={productId} failure={incoming.failure} onChoose={onChoose} />}
          />
        );
    }
  };
  return (
    <div role="status" className="zone-result">
      {content()}
    </div>
  );
}

interface ZoneRemedyProps extends ZoneResultProps {
  readonly failure: Failure;
}

function ZoneRemedy({ productId, failure, onChoose }: ZoneRemedyProps) {
  const language = useLanguage();
  const show = useApp((app) => app.show);
  const mayAsk = useApp((app) => licenseOf(app, productId)?.actions.includes('makeOfflineRequest') === true);
  const { remedy } = ERRORS[failure.code];
  if (remedy === 'makeRequest' && mayAsk) {
    return (
      <Button onPress={() => show(offlineView(productId, 'make'))}>{remedyLabel(remedy, language)}</Button>
    );
  }
  if (remedy !== 'chooseFile' && remedy !== 'openPortal' && remedy !== 'makeRequest') return null;
  return <Button onPress={onChoose}>{remedyLabel('chooseFile', language)}</Button>;
}
