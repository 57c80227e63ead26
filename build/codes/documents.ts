import { ERROR_CODES, ERRORS, failure, type ErrorCode } from '../../shared/errors.ts';
import { REASON_CODES, REASONS, type ReasonCode, type Severity } from '../../shared/license/reasons.ts';
import { describeFailure, describeReason, remedyLabel } from '../../shared/messages/index.ts';
import type { Message } from '../../shared/messages/types.ts';
import type { Remedy } from '../../shared/remedies.ts';
import { LANGUAGES, type Language } from '../../shared/settings.ts';

/** The documentation of every code, written by `npm run codes` from what window and command line say. */

interface Words {
  readonly title: string;
  readonly intro: string;
  readonly reasons: string;
  readonly errors: string;
  readonly columns: readonly [string, string, string, string];
  readonly status: string;
  readonly severity: string;
  readonly severities: Readonly<Record<Severity, string>>;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Reasons and errors',
    intro: 'Written by `npm run codes`. `latchkey explain CODE` says the same.',
    reasons: 'Reasons: why a license is in its state, or what needs attention',
    errors: 'Errors: why something that was asked for was not done',
    columns: ['Code', 'What it means', 'What to do', 'Button'],
    status: 'Exit status',
    severity: 'Severity',
    severities: { blocking: 'blocking', warning: 'warning', info: 'good to know' },
  },
  de: {
    title: 'Gründe und Fehler',
    intro: 'Geschrieben von `npm run codes`. `latchkey explain CODE` sagt dasselbe.',
    reasons: 'Gründe: warum eine Lizenz in ihrem Zustand ist oder was Aufmerksamkeit braucht',
    errors: 'Fehler: warum etwas Verlangtes nicht getan wurde',
    columns: ['Code', 'Was es bedeutet', 'Was zu tun ist', 'Schaltfläche'],
    status: 'Exit-Status',
    severity: 'Schwere',
    severities: { blocking: 'sperrt', warning: 'Warnung', info: 'gut zu wissen' },
  },
  ar: {
    title: 'الأسباب والأخطاء',
    intro: 'يكتبها `npm run codes`. يقول الأمر `latchkey explain CODE` الشيء نفسه.',
    reasons: 'الأسباب: لماذا يكون الترخيص في حالته، أو ما الذي يحتاج إلى انتباه',
    errors: 'الأخطاء: لماذا لم يُنفَّذ ما طُلب',
    columns: ['الرمز', 'معناه', 'ما العمل', 'الزر'],
    status: 'رمز الخروج',
    severity: 'الشدة',
    severities: { blocking: 'مانع', warning: 'تحذير', info: 'للعلم' },
  },
};

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function row(code: string, kind: string, message: Message, remedy: Remedy, language: Language): string[] {
  return [`\`${code}\``, kind, message.sentence, message.nextAction, remedyLabel(remedy, language)];
}

/** The document of one language, as Markdown. */
function document(language: Language): string {
  const words = WORDS[language];
  const [code, means, action, button] = words.columns;
  const ofReason = (reason: ReasonCode) => {
    const { severity, remedy } = REASONS[reason];
    return row(
      reason,
      words.severities[severity],
      describeReason({ code: reason }, language),
      remedy,
      language,
    );
  };
  const ofError = (error: ErrorCode) => {
    const { exit, remedy } = ERRORS[error];
    return row(error, String(exit), describeFailure(failure(error), language), remedy, language);
  };
  const text = [
    `# ${words.title}`,
    words.intro,
    `## ${words.reasons}`,
    table([code, words.severity, means, action, button], REASON_CODES.map(ofReason)),
    `## ${words.errors}`,
    table([code, words.status, means, action, button], ERROR_CODES.map(ofError)),
  ];
  const isRightToLeft = language === 'ar';
  return (isRightToLeft ? ['<div dir="rtl">', ...text, '</div>'] : text).join('\n\n');
}

/** Every document with its place below the root of the project. */
export function codeDocuments(): readonly { readonly file: string; readonly text: string }[] {
  return LANGUAGES.map((language) => ({
    file: `shared/messages/${language}/CODES.md`,
    text: `${document(language)}\n`,
  }));
}
