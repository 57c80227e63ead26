import { Info } from 'lucide-react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { diagnosisWords, remedyLabel } from '../../shared/messages/index.ts';
import { describeCause } from '../../shared/support/causes.ts';
import type { DiagnosisReport, Verdict } from '../../shared/support/report.ts';
import { Button } from '../components/button.tsx';
import { Callout, type Tone } from '../components/callout.tsx';
import { RemedyButton } from '../licenses/remedy-button.tsx';
import { stepFor } from '../licenses/remedy.ts';
import { useAdvice } from '../licenses/use-advice.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

const TONES = { blocking: 'bad', warning: 'warn', info: 'plain' } as const satisfies Record<
  Verdict['severity'],
  Tone
>;

/** What is the matter, the main cause first, each with what to do about it. */
export function VerdictPart({ report }: { readonly report: DiagnosisReport }) {
  const words = diagnosisWords(useLanguage());
  const pressing = report.verdict.filter(({ severity }) => severity !== 'info');
  const known = report.verdict.filter(({ severity }) => severity === 'info');
  return (
    <>
      {!report.complete && <Callout tone="plain" sentence={words.cancelled} />}
      {report.complete && pressing.length === 0 && (
        <Callout tone="good" sentence={words.fine} nextAction={words.fineNext} />
      )}
      {pressing.map((verdict) => (
        <CauseCallout key={verdict.cause.code} verdict={verdict} />
      ))}
      <Known verdicts={known} title={words.goodToKnow} />
    </>
  );
}

function CauseCallout({ verdict }: { readonly verdict: Verdict }) {
  const language = useLanguage();
  const { cause, severity, remedy, explains, productIds } = verdict;
  const licenses = useApp((app) => app.snapshot?.licenses ?? []);
  const license = licenses.find(({ productId }) => productIds.length === 0 || productIds.includes(productId));
  const { allowed } = useAdvice(license ?? { actions: [] });
  const trouble = { code: cause.code, remedy };
  const { sentence, nextAction } = allowed(describeCause(cause, language), trouble);
  return (
    <Callout
      tone={TONES[severity]}
      sentence={sentence}
      nextAction={
        <>
          {nextAction}
          {explains.length > 0 && (
            <span className="diagnosis-explains">
              <span className="quiet">{diagnosisWords(language).explains}</span>
              {explains.map((other) => (
                <span key={other.code}>{describeCause(other, language).sentence}</span>
              ))}
            </span>
          )}
        </>
      }
      action={license === undefined ? undefined : <CauseAction verdict={verdict} license={license} />}
    />
  );
}

interface CauseActionProps {
  readonly verdict: Verdict;
  /** The first of those that it concerns. */
  readonly license: LicenseView;
}

/** What helps, as a button. What only has to be looked at again has its button below the verdict. */
function CauseAction({ verdict: { cause, remedy, productIds }, license }: CauseActionProps) {
  const language = useLanguage();
  const t = useText();
  const { links } = useApplication();
  const { show, operate, reload, diagnose } = useApp((app) => app);
  const { productId, actions, state } = license;
  const trouble = { code: cause.code, remedy, facts: cause.facts };
  const step = stepFor(trouble, { actions, state, links });
  if (step === null) return null;
  const go = () => show({ screen: 'license', productId });
  switch (step.kind) {
    case 'refresh':
    case 'pullState': {
      const { kind } = step;
      if (remedy !== 'refresh') return null;
      // How it goes is shown there.
      const begin = () => {
        go();
        void operate(kind, productId);
      };
      return <Button onPress={begin}>{kind === 'refresh' ? t('refresh') : t('check')}</Button>;
    }
    case 'reload': {
      // The main process asks a keyring for this, which a diagnosis alone does not.
      const again = async () => {
        await reload();
        await diagnose();
      };
      return <Button onPress={() => void again()}>{remedyLabel('retry', language)}</Button>;
    }
    case 'deactivate':
      // Its page asks first.
      return productIds.length === 1 ? <Button onPress={go}>{t('diagnosis.license')}</Button> : null;
    default:
      return <RemedyButton license={license} trouble={trouble} message={describeCause(cause, language)} />;
  }
}

interface KnownProps {
  readonly verdicts: readonly Verdict[];
  readonly title: string;
}

function Known({ verdicts, title }: KnownProps) {
  const language = useLanguage();
  if (verdicts.length === 0) return null;
  return (
    <section aria-label={title}>
      <ul className="card">
        {verdicts.map(({ cause, remedy }) => {
          const { sentence, nextAction } = describeCause(cause, language);
          return (
            <li key={cause.code} className="note">
              <Info size={16} aria-hidden />
              <p>
                {sentence} {remedy !== 'none' && <span className="quiet">{nextAction}</span>}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
