import { describeFailure } from '../../shared/messages/index.ts';
import { Callout } from '../components/callout.tsx';
import { formatMoment, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';

/**
 * How the last refresh or check went, read out when it ends. The region is always there, since a screen reader only
 * notices what changes inside of it.
 */
export function Outcome({ productId }: { readonly productId: string }) {
  const language = useLanguage();
  const t = useText();
  const operation = useApp((app) => app.operations[productId]);
  const content = () => {
    if (operation === undefined || operation.phase === 'running' || operation.kind === 'deactivate')
      return null;
    if (operation.phase === 'failed') {
      const { sentence, nextAction } = describeFailure(operation.failure, language);
      return <Callout tone="bad" sentence={sentence} nextAction={nextAction} />;
    }
    const until = operation.license.activation?.leaseExpiry ?? null;
    if (operation.kind === 'pullState') return <Callout tone="good" sentence={t('outcome.checked')} />;
    if (operation.license.activation === null) return null;
    return (
      <Callout
        tone="good"
        sentence={
          until === null
            ? t('outcome.refreshedNoEnd')
            : t('outcome.refreshed', { moment: isolate(language, formatMoment(language, until)) })
        }
      />
    );
  };
  return (
    <div role="status" className="outcome">
      {content()}
    </div>
  );
}
