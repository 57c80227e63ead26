import { ERROR_CODES, ERRORS, failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';

const START = /<!-- exit statuses:[^\n]*-->\n/u;
const END = '<!-- /exit statuses -->';

function table(): string {
  const rows = ERROR_CODES.map((code) => {
    const { sentence } = describeFailure(failure(code), 'en');
    return `| ${ERRORS[code].exit} | \`${code}\` | ${sentence} |`;
  });
  return ['| status | code | what a person reads |', '|---:|---|---|', '| 0 | | Done. |', ...rows].join('\n');
}

/**
 * The README with the table of exit statuses as `shared/errors.ts` has them now.
 * @throws if the README has lost the place for it
 */
export function withExitStatuses(readme: string): string {
  const start = START.exec(readme);
  const end = readme.indexOf(END);
  if (start === null || end < 0) throw new Error('The README has no place for the exit statuses');
  return `${readme.slice(0, start.index)}${start[0]}\n${table()}\n\n${readme.slice(end)}`;
}
