import { describeLicense, diagnosisWords } from '../../shared/messages/index.ts';
import type { Language } from '../../shared/settings.ts';
import { describeCause } from '../../shared/support/causes.ts';
import type { DiagnosisReport } from '../../shared/support/report.ts';

/**
 * A diagnosis in a few lines of plain text, for a mail: the verdict, the checks that found something, and the support
 * code of each license. Only what the report holds, which has no secret.
 */
export function summaryOf(report: DiagnosisReport, language: Language): string {
  const words = diagnosisWords(language);
  const { verdict, licenses, checks, program, profile } = report;
  const pressing = verdict.filter(({ severity }) => severity !== 'info');
  const found = checks.filter(({ cause, status }) => cause !== null || status === 'timedOut');
  const platform = words.evidenceWords.platform[program.platform];
  return [
    ...(pressing.length === 0 ? [words.fine] : []),
    ...pressing.flatMap(({ cause }) => {
      const { sentence, nextAction } = describeCause(cause, language);
      return [`${sentence} [${cause.code}]`, nextAction];
    }),
    '',
    ...licenses.map((license) => {
      const { productName, supportCode } = license;
      return `${productName}: ${describeLicense(license, language)} (${supportCode})`;
    }),
    ...found.map(({ id, status, cause }) => {
      const code = cause === null ? '' : ` [${cause.code}]`;
      return `${words.checks[id]}: ${words.statuses[status]}${code}`;
    }),
    `${profile?.applicationName ?? ''} ${program.version}, ${platform}, ${new Date(report.endedAt).toISOString()}`.trim(),
  ].join('\n');
}
