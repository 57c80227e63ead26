import { Option, type Command as Program } from 'commander';
import { ERRORS, isErrorCode } from '../../shared/errors.ts';
import { diagnosisWords } from '../../shared/messages/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Language } from '../../shared/settings.ts';
import { CHECK_GROUPS, CHECKS } from '../../shared/support/checks.ts';
import { describeCause } from '../../shared/support/causes.ts';
import { evidenceText } from '../../shared/support/evidence-text.ts';
import type { CheckResult, DiagnosisReport, Verdict } from '../../shared/support/report.ts';
import { onlyProducts } from '../../shared/support/report-policy.ts';
import type { Choose, Context, Output } from './command.ts';
import { LABELS } from './labels.ts';
import { saveBundle, type BundleChoice } from './save-bundle.ts';
import { forProduct } from './license-commands.ts';
import { productsNamed } from './products.ts';

/** Exit status where something keeps a license from working that has no error code of its own. */
const NOT_WORKING = ERRORS.notAllowedInState.exit;

/** `diagnose [PRODUCT]`: why a license is not active, and what to do about it. Changes nothing. */
export function addDiagnoseCommand(program: Program, choose: Choose): void {
  forProduct(
    program,
    'diagnose',
    'find out why a license is not active and what helps; changes nothing and needs no answer of the server',
  )
    .option('--bundle <file>', 'save a support bundle as well; it holds no secret')
    .addOption(
      new Option(
        '--encrypt',
        'encrypt the bundle to the key of the vendor; so without an option where there is one',
      ).conflicts('plain'),
    )
    .option('--plain', 'leave the bundle readable for everybody')
    .action((product: string | undefined, options: BundleChoice) => {
      choose({ needs: 'installation', run: (context) => diagnose(context, product, options) });
    });
}

async function diagnose(
  context: Context,
  named: string | undefined,
  options: BundleChoice,
): Promise<Result<Output>> {
  const wanted = productsNamed(context.profile, named);
  if (!wanted.ok) return wanted;
  if (options.bundle !== undefined) {
    const saved = await saveBundle(context, options.bundle, options);
    if (!saved.ok) return saved;
    const { report: whole, ...bundle } = saved.value;
    const report = onlyProducts(whole, wanted.value);
    const text = `${reportText(report, context.language)}\n${bundle.file}\n`;
    return ok({ json: { bundle, report }, text, exit: exitOf(report) });
  }
  const report = onlyProducts(await context.services.support.diagnose(), wanted.value);
  return ok({ json: report, text: reportText(report, context.language), exit: exitOf(report) });
}

/** 0 where nothing keeps a license from working; else the status of the main cause. */
function exitOf({ verdict }: DiagnosisReport): number {
  const [main] = verdict;
  if (main === undefined || main.severity !== 'blocking') return 0;
  return isErrorCode(main.cause.code) ? ERRORS[main.cause.code].exit : NOT_WORKING;
}

function reportText(report: DiagnosisReport, language: Language): string {
  const words = diagnosisWords(language);
  const pressing = report.verdict.filter(({ severity }) => severity !== 'info');
  const [main, ...others] = pressing;
  const good = report.verdict.filter(({ severity }) => severity === 'info');
  const lines = [
    ...(main === undefined ? [`✓ ${words.fine}`] : causeLines(main, language)),
    ...(others.length === 0 ? [] : ['', `${words.also}:`]),
    ...others.flatMap((verdict) => causeLines(verdict, language)),
    ...(good.length === 0 ? [] : ['', `${words.goodToKnow}:`]),
    ...good.flatMap((verdict) => causeLines(verdict, language)),
    ...CHECK_GROUPS.flatMap((group) => {
      const mine = report.checks.filter(({ id }) => CHECKS[id] === group);
      return mine.length === 0
        ? []
        : ['', words.groups[group], ...mine.map((check) => checkLine(check, language))];
    }),
    '',
    ...report.licenses.map(
      ({ productName, supportCode }) => `${productName}: ${LABELS[language].supportCode} ${supportCode}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const MARKS = { blocking: '✗', warning: '!', info: '·' } as const;

function causeLines({ cause, severity, explains }: Verdict, language: Language): readonly string[] {
  const { sentence, nextAction } = describeCause(cause, language);
  return [
    `${MARKS[severity]} ${sentence}`,
    `  ${nextAction}`,
    ...(explains.length === 0 ? [] : [`  ${diagnosisWords(language).explains}`]),
    ...explains.map((other) => `    - ${describeCause(other, language).sentence}`),
  ];
}

const SIGNS = { ok: '✓', notice: '·', warning: '!', failed: '✗', skipped: '-', timedOut: '?' } as const;

function checkLine({ id, status, cause, evidence }: CheckResult, language: Language): string {
  const words = diagnosisWords(language);
  const details = evidence.map((piece) => {
    const { name, value } = evidenceText(piece, language);
    return `${name}: ${value}`;
  });
  const code = cause === null ? [] : [cause.code];
  const rest = [words.statuses[status], ...code, ...details].join('; ');
  return `  ${SIGNS[status]} ${words.checks[id]}: ${rest}`;
}
