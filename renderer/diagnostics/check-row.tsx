import {
  ChevronDown,
  CircleAlert,
  CircleCheck,
  CircleMinus,
  Clock,
  Info,
  LoaderCircle,
  TriangleAlert,
} from 'lucide-react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { diagnosisWords } from '../../shared/messages/index.ts';
import type { CheckId } from '../../shared/support/checks.ts';
import { describeCause } from '../../shared/support/causes.ts';
import { evidenceText } from '../../shared/support/evidence-text.ts';
import type { CheckResult } from '../../shared/support/report.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

const ICONS = {
  ok: CircleCheck,
  notice: Info,
  warning: TriangleAlert,
  failed: CircleAlert,
  skipped: CircleMinus,
  timedOut: Clock,
} as const;

interface CheckRowProps {
  readonly id: CheckId;
  /** null while it runs. */
  readonly result: CheckResult | null;
}

/** One check: how it ended in an icon and in words, and behind it what was seen. */
export function CheckRow({ id, result }: CheckRowProps) {
  const language = useLanguage();
  const t = useText();
  const words = diagnosisWords(language);
  const name = words.checks[id];
  if (result === null) {
    return (
      <div className="check">
        <LoaderCircle className="spinner check-icon" size={17} aria-hidden />
        <span>{name}</span>
        <span className="check-status quiet">{t('diagnosis.waiting')}</span>
      </div>
    );
  }
  const { status } = result;
  const Icon = ICONS[status];
  const head = (
    <>
      <Icon className={`check-icon check-icon-${status}`} size={17} aria-hidden />
      <span>{name}</span>
      <span className="check-status quiet">{words.statuses[status]}</span>
    </>
  );
  if (result.evidence.length === 0 && result.cause === null) return <div className="check">{head}</div>;
  return (
    <Disclosure className="check-disclosure">
      <Heading level={3} className="check-heading">
        <AriaButton slot="trigger" className="check check-trigger">
          {head}
          <ChevronDown className="check-chevron" size={15} aria-hidden />
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <CheckDetails result={result} />
      </DisclosurePanel>
    </Disclosure>
  );
}

function CheckDetails({ result }: { readonly result: CheckResult }) {
  const language = useLanguage();
  const { cause, evidence } = result;
  return (
    <div className="check-details selectable">
      {cause !== null && (
        <p className="check-cause">
          {describeCause(cause, language).sentence} <span className="code quiet">{cause.code}</span>
        </p>
      )}
      {evidence.length > 0 && (
        <dl className="check-evidence">
          {evidence.map((piece) => {
            const { name, value } = evidenceText(piece, language);
            return (
              <div key={piece.name} className="check-fact">
                <dt className="quiet">{name}</dt>
                <dd>
                  <bdi className={CODES.has(piece.kind) ? 'code' : ''}>{value}</bdi>
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </div>
  );
}

const CODES: ReadonlySet<string> = new Set(['address', 'version', 'system', 'pin', 'correlation']);
