import { ERROR_CODES, ERRORS, failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { flatten, type DescribedCommand } from './describe-program.ts';

/**
 * Escapes for roff: backslashes, hyphens that are to be copied, apostrophes outside of ASCII, which roff itself does not
 * read, and a line that begins like a request.
 */
function roff(text: string): string {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll('’', String.raw`\(cq`)
    .replaceAll(/^(?=[.'])/gm, String.raw`\&`);
}

const bold = (text: string): string => String.raw`\fB${roff(text)}\fR`;

/** `--level <level>` with its words as man pages set them: what is typed in bold, what it stands for in italics. */
function usage(text: string): string {
  return text
    .split(' ')
    .map((word) =>
      /^[<[]/.test(word) ? String.raw`\fI${roff(word.replaceAll(/[<>]/g, ''))}\fR` : bold(word),
    )
    .join(' ');
}

const entry = (term: string, text: string): string => `.TP\n${term}\n${roff(text)}`;

/** The manual page `latchkey(1)`, in the man macros (groff_man(7)), from the program and the table of errors. */
export function manualPage(program: DescribedCommand, version: string): string {
  const commands = flatten(program).slice(1);
  return [
    String.raw`.\" Made by "npm run readme" from the program itself.`,
    `.TH LATCHKEY 1 "" "Latchkey ${version}" "User Commands"`,
    '.SH NAME',
    roff('latchkey - activates licenses on this device and tells why one is not active'),
    '.SH SYNOPSIS',
    String.raw`.B latchkey`,
    String.raw`[\fIoptions\fR] \fIcommand\fR [\fIarguments\fR]`,
    '.SH DESCRIPTION',
    roff(
      'Results go to standard output, everything else to standard error. Activation codes are read from a file or from standard input, never from the arguments, which other processes can see.',
    ),
    '.SH OPTIONS',
    ...program.options.map((option) => entry(usage(option.usage), option.description)),
    '.SH COMMANDS',
    ...commands
      .filter(({ commands: children }) => children.length === 0)
      .flatMap((command) => [
        `.SS ${usage([command.path, ...command.args.map((one) => one.usage)].join(' '))}`,
        roff(`${command.description}.`),
        ...command.args.map((one) => entry(usage(one.usage), one.description)),
        ...command.options.map((option) => entry(usage(option.usage), withChoices(option))),
      ]),
    '.SH EXIT STATUS',
    entry(bold('0'), 'Done.'),
    ...ERROR_CODES.map((code) =>
      entry(
        `${bold(String(ERRORS[code].exit))} ${roff(code)}`,
        describeFailure(failure(code), 'en').sentence,
      ),
    ),
    '.SH ENVIRONMENT',
    entry(bold('LATCHKEY_PROFILE'), 'vendor profile, where --profile does not name one'),
    entry(bold('LATCHKEY_DATA'), 'data folder, where --data does not name one'),
    entry(bold('HTTPS_PROXY, NO_PROXY'), 'proxy of the network'),
    '.SH FILES',
    entry(
      String.raw`\fIdata folder\fR${bold('/logs/latchkey.log')}`,
      'the log: lines of JSON, rotated, without secrets',
    ),
    entry(
      String.raw`\fIdata folder\fR${bold('/license-files/')}`,
      'signed license files, which the installed software reads',
    ),
    '',
  ].join('\n');
}

function withChoices({
  description,
  choices,
}: {
  readonly description: string;
  readonly choices: readonly string[];
}): string {
  return choices.length === 0 ? description : `${description}: ${choices.join(', ')}`;
}
