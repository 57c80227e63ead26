import { Info } from 'lucide-react';
import { diagnosisWords } from '../../shared/messages/index.ts';
import { describeCause } from '../../shared/support/causes.ts';
import type { DiagnosisReport, Verdict } from '../../shared/support/report.ts';
import { Button } from '../components/button.tsx';
import { Callout, type Tone } from '../components/callout.tsx';
import { RemedyButton } from '../licenses/remedy-button.tsx';
import { stepFor, type Step } from '../licenses/remedy.ts';
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
  const { cause, severity, explains } = verdict;
  const { sentence, nextAction } = describeCause(cause, language);
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
                <span key={other.code} className="diagnosis-explained">
                  {describeCause(other, language).sentence}
                </span>
              ))}
            </span>
          )}
        </>
      }
      action={<CauseAction verdict={verdict} />}
    />
  );
}

/** Calls that are made on the page of the license, where their outcome is shown. */
const THERE: readonly Step['kind'][] = ['refresh', 'pullState', 'deactivate', 'reload'];

function CauseAction({ verdict }: { readonly verdict: Verdict }) {
  const language = useLanguage();
  const t = useText();
  const { links } = useApplication();
  const show = useApp((app) => app.show);
  const licenses = useApp((app) => app.snapshot?.licenses ?? []);
  const { cause, remedy, productIds } = verdict;
  const license = licenses.find(({ productId }) => productIds.length === 0 || productIds.includes(productId));
  if (license === undefined) return null;
  const { productId, actions, state } = license;
  const trouble = { code: cause.code, remedy, facts: cause.facts };
  const step = stepFor(trouble, { actions, state, links });
  if (step !== null && !THERE.includes(step.kind)) {
    return <RemedyButton license={license} trouble={trouble} message={describeCause(cause, language)} />;
  }
  // What this concerns is one license only: its page has the button.
  if (step === null || productIds.length !== 1) return null;
  return <Button onPress={() => show({ screen: 'license', productId })}>{t('diagnosis.license')}</Button>;
}

interface KnownProps {
  readonly verdicts: readonly Verdict[];
  readonly title: string;
}

function Known({ verdicts, title }: KnownProps) {
  const language = useLanguage();
  if (verdicts.length === 0) return null;
  return (
    <section className="diagnosis-known" aria-label={title}>
      <ul className="card notes">
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
