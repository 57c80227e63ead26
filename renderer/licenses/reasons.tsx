import { Info } from 'lucide-react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Reason } from '../../shared/license/reasons.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Section } from '../components/section.tsx';
import { useText } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { RemedyButton } from './remedy-button.tsx';
import { stepFor, type Step } from './remedy.ts';
import { toneOfReason } from './tone.ts';
import { useAdvice } from './use-advice.ts';
import './reasons.css';

interface ReasonsProps {
  readonly license: LicenseView;
  readonly onDeactivate: () => void;
}

const ONCE: readonly Step['kind'][] = ['refresh', 'pullState', 'activate', 'reload'];

/**
 * What blocks and what warns, each with what to do about it and, where the application can do it, the button. The
 * region is always there, so that a screen reader notices a reason that comes up while the page is open.
 */
export function PressingReasons({ license, onDeactivate }: ReasonsProps) {
  const t = useText();
  const show = useApp((app) => app.show);
  const { links } = useApplication();
  const pressing = license.reasons.filter(({ severity }) => severity !== 'info');
  const offered = new Set<Step['kind']>();
  const except = pressing.map((reason) => {
    const { actions, state } = license;
    const kind = stepFor(reason, { actions, state, links })?.kind;
    // One call is offered once, beside the gravest reason that it may solve.
    const repeated = kind !== undefined && ONCE.includes(kind) && offered.has(kind);
    if (kind !== undefined) offered.add(kind);
    return repeated ? ONCE : [];
  });
  return (
    <div aria-live="polite" className="reasons-region">
      {pressing.length > 0 && (
        <ul className="reasons">
          {pressing.map((reason, index) => (
            <li key={reason.code}>
              <ReasonCallout
                license={license}
                reason={reason}
                except={except[index] ?? []}
                onDeactivate={onDeactivate}
              />
            </li>
          ))}
        </ul>
      )}
      {pressing.length > 0 && (
        <div className="reasons-why">
          <Button look="quiet" onPress={() => show({ screen: 'diagnosis', productId: license.productId })}>
            {t('diagnosis.open')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface ReasonCalloutProps extends ReasonsProps {
  readonly reason: Reason;
  readonly except: readonly Step['kind'][];
}

function ReasonCallout({ license, reason, except, onDeactivate }: ReasonCalloutProps) {
  const message = useAdvice(license).onReason(reason);
  return (
    <Callout
      tone={toneOfReason(reason)}
      {...message}
      action={
        <RemedyButton
          license={license}
          trouble={reason}
          message={message}
          except={except}
          onDeactivate={onDeactivate}
        />
      }
    />
  );
}

/** What is good to know, apart from what presses. */
export function GoodToKnow({ license }: { readonly license: LicenseView }) {
  const t = useText();
  const { onReason } = useAdvice(license);
  // What is on its way to the portal stands at the top of the page, with the way on.
  const notes = license.reasons.filter(
    ({ severity, remedy }) => severity === 'info' && remedy !== 'finishOffline',
  );
  if (notes.length === 0) return null;
  return (
    <Section title={t('detail.goodToKnow')}>
      <ul className="card">
        {notes.map((reason) => {
          const { sentence, nextAction } = onReason(reason);
          return (
            <li key={reason.code} className="note">
              <Info size={16} aria-hidden />
              <p>
                {sentence} {reason.remedy !== 'none' && <span className="quiet">{nextAction}</span>}
              </p>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
