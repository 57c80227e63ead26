import type { LicenseView } from '../../shared/license/schemas.ts';
import { Callout } from '../components/callout.tsx';
import { formatMoment, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { RemedyButton } from './remedy-button.tsx';
import { troubleOf } from './remedy.ts';
import { useAdvice } from './use-advice.ts';

/** These have buttons of their own on every screen that shows an outcome. */
const BESIDE = ['refresh', 'pullState', 'deactivate', 'reload'] as const;

/**
 * How the last refresh or check went, read out when it ends. The region is always there, since a screen reader only
 * notices what changes inside of it.
 */
export function Outcome({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const { onFailure } = useAdvice(license);
  const operation = useApp((app) => app.operations[license.productId]);
  const content = () => {
    if (operation === undefined || operation.phase === 'running') return null;
    // These two are told in the dialogs that they were asked for in.
    if (operation.kind === 'deactivate' || operation.kind === 'changeFeature') return null;
    if (operation.phase === 'failed') {
      const message = onFailure(operation.failure);
      return (
        <Callout
          tone="bad"
          {...message}
          action={
            <RemedyButton
              license={license}
              trouble={troubleOf(operation.failure)}
              message={message}
              except={BESIDE}
            />
          }
        />
      );
    }
    const until = operation.license.activation?.leaseExpiry ?? null;
    if (operation.kind === 'pullState') {
      return <Callout tone="good" sentence={t('outcome.checked')} />;
    }
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
