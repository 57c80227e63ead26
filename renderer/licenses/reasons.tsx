import { Info } from 'lucide-react';
import { describeReason, remedyLabel } from '../../shared/messages/index.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Reason } from '../../shared/license/reasons.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Section } from '../components/section.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { CopyDetails } from './copy-details.tsx';
import { stepFor } from './remedy.ts';
import { toneOfReason } from './tone.ts';
import './reasons.css';

interface ReasonsProps {
  readonly license: LicenseView;
  readonly onDeactivate: () => void;
}

/** What blocks and what warns, each with what to do about it and, where the application can do it, the button. */
export function PressingReasons({ license, onDeactivate }: ReasonsProps) {
  const pressing = license.reasons.filter(({ severity }) => severity !== 'info');
  if (pressing.length === 0) return null;
  return (
    <ul className="reasons">
      {pressing.map((reason) => (
        <li key={reason.code}>
          <ReasonCallout license={license} reason={reason} onDeactivate={onDeactivate} />
        </li>
      ))}
    </ul>
  );
}

interface ReasonCalloutProps extends ReasonsProps {
  readonly reason: Reason;
}

function ReasonCallout({ license, reason, onDeactivate }: ReasonCalloutProps) {
  const language = useLanguage();
  const { sentence, nextAction } = describeReason(reason, language);
  return (
    <Callout
      tone={toneOfReason(reason)}
      sentence={sentence}
      nextAction={nextAction}
      action={<ReasonButton license={license} reason={reason} onDeactivate={onDeactivate} />}
    />
  );
}

/** The remedy of a reason as a button; nothing where only the person can help. */
function ReasonButton({ license, reason, onDeactivate }: ReasonCalloutProps) {
  const language = useLanguage();
  const { links } = useApplication();
  const { operate, show, reload, openLink } = useApp((app) => app);
  const step = stepFor(reason, { actions: license.actions, state: license.state, links });
  if (step === null) return null;
  const { kind } = step;
  if (kind === 'copyDetails') {
    return <CopyDetails trouble={{ ...reason, ...describeReason(reason, language) }} />;
  }
  const take = () => {
    switch (kind) {
      case 'refresh':
      case 'pullState':
        return void operate(kind, license.productId);
      case 'deactivate':
        return onDeactivate();
      case 'activate':
        return show({ screen: 'activate', productId: license.productId });
      case 'reload':
        return void reload();
      case 'help':
        return show({ screen: 'help' });
      case 'open':
        return void openLink({ link: step.link });
    }
  };
  const elsewhere = kind === 'help' || kind === 'open';
  return (
    <Button isDisabled={license.busy !== null && !elsewhere} onPress={take}>
      {remedyLabel(
        reason.remedy === 'freeSeat' && kind === 'help' ? 'contactSupport' : reason.remedy,
        language,
      )}
    </Button>
  );
}

/** What is good to know, apart from what presses. */
export function GoodToKnow({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const notes = license.reasons.filter(({ severity }) => severity === 'info');
  if (notes.length === 0) return null;
  return (
    <Section title={t('detail.goodToKnow')}>
      <ul className="card notes">
        {notes.map((reason) => {
          const { sentence, nextAction } = describeReason(reason, language);
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
