import type { Command as Program } from 'commander';
import { ERROR_CODES, ERRORS, failure, type ErrorCode } from '../../shared/errors.ts';
import { REASON_CODES, REASONS, type ReasonCode } from '../../shared/license/reasons.ts';
import { describeFailure, describeReason } from '../../shared/messages/index.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Language } from '../../shared/settings.ts';
import { readSupportCode } from '../../shared/support-code/support-code.ts';
import type { Choose, Output } from './command.ts';
import { supportCodeOutput } from './explain-support-code.ts';

/** `explain CODE`: what a code or a support code means, for support staff and for whoever reads a log. */
export function addExplainCommand(program: Program, choose: Choose): void {
  program
    .command('explain')
    .description(
      'tell what a code of an error or a reason, an exit status, or a support code that was read out means',
    )
    .argument('[code]', 'the code; without it, all codes of errors and reasons')
    .action((code?: string) => {
      choose({
        needs: 'nothing',
        run: ({ language }) => Promise.resolve(code === undefined ? ok(all(language)) : one(code, language)),
      });
    });
}

/** What is known of a code. One that is both an error and a reason says so twice, in the words of each. */
interface Explanation {
  readonly code: string;
  readonly error: (Words & { readonly exit: number }) | null;
  readonly reason: (Words & { readonly severity: string }) | null;
}

interface Words {
  readonly sentence: string;
  readonly nextAction: string;
  readonly remedy: string;
}

function explanationOf(
  error: ErrorCode | undefined,
  reason: ReasonCode | undefined,
  language: Language,
): Explanation {
  return {
    code: error ?? reason ?? '',
    error:
      error === undefined
        ? null
        : {
            exit: ERRORS[error].exit,
            remedy: ERRORS[error].remedy,
            ...describeFailure(failure(error), language),
          },
    reason:
      reason === undefined
        ? null
        : {
            severity: REASONS[reason].severity,
            remedy: REASONS[reason].remedy,
            ...describeReason({ code: reason }, language),
          },
  };
}

/** Codes are read out and retyped: capitals don't matter. */
function one(asked: string, language: Language): Result<Output> {
  const wanted = asked.trim().toLowerCase();
  const byExit = ERROR_CODES.find((code) => String(ERRORS[code].exit) === wanted);
  const error = byExit ?? ERROR_CODES.find((code) => code.toLowerCase() === wanted);
  const reason = REASON_CODES.find((code) => code.toLowerCase() === wanted);
  if (error === undefined && reason === undefined) {
    const readOut = readSupportCode(asked);
    if (readOut !== null) return ok(supportCodeOutput(readOut, language));
    return err(failure('usageInvalid', { field: asked.slice(0, 40) }));
  }
  const found = explanationOf(error, reason, language);
  return ok({ json: found, text: textOf(found) });
}

function all(language: Language): Output {
  const errors = ERROR_CODES.map((code) =>
    explanationOf(
      code,
      REASON_CODES.find((reason) => reason === code),
      language,
    ),
  );
  const others = REASON_CODES.filter((code) => !errors.some((error) => error.code === code));
  const found = [...errors, ...others.map((code) => explanationOf(undefined, code, language))];
  const width = Math.max(...found.map(({ code }) => code.length));
  const lines = found.map(({ code, error, reason }) => {
    const exit = error === null ? '' : String(error.exit);
    return `${exit.padStart(3)}  ${code.padEnd(width)}  ${error?.sentence ?? reason?.sentence ?? ''}\n`;
  });
  return { json: { codes: found }, text: lines.join('') };
}

function textOf({ code, error, reason }: Explanation): string {
  const isSame = error?.sentence === reason?.sentence && error?.nextAction === reason?.nextAction;
  const words = [error, isSame ? null : reason].filter((part) => part !== null);
  const facts = [
    ...(error === null ? [] : [`exit ${error.exit}`]),
    ...(reason === null ? [] : [reason.severity]),
  ];
  const paragraphs = words.map(({ sentence, nextAction }) => `${sentence}\n${nextAction}\n`);
  return [`${code} (${facts.join(', ')})\n`, ...paragraphs].join('\n');
}
