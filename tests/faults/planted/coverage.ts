import path from 'node:path';
import { REASON_CODES } from '../../../shared/license/reasons.ts';
import { describeFailure, describeReason } from '../../../shared/messages/index.ts';
import { isErrorCode } from '../../../shared/errors.ts';
import { CATALOGUE } from './catalogue.ts';
import type { PlantedFault } from './fault.ts';

/** The page that has the table. */
export const DOCUMENT = path.resolve(import.meta.dirname, '../../../electron/support/DIAGNOSIS.md');

const START = '<!-- planted faults: npm run -s planted-faults -- --document -->\n';
const END = '<!-- /planted faults -->';

function sentenceOf(code: PlantedFault['code']): string {
  const reason = REASON_CODES.find((candidate) => candidate === code);
  if (reason !== undefined) return describeReason({ code: reason }, 'en').sentence;
  return isErrorCode(code) ? describeFailure({ code }, 'en').sentence : '';
}

function table(): string {
  const rows = CATALOGUE.map(({ name, code, remedy, button, explains = [] }) => {
    const below = explains.map((other) => `\`${other}\``).join(', ');
    return `| ${name} | \`${code}\` | ${sentenceOf(code)} | \`${remedy}\` | ${button ?? ''} | ${below} |`;
  });
  const planted: readonly string[] = CATALOGUE.map(({ code }) => code);
  const missing = REASON_CODES.filter((code) => !planted.includes(code)).map((code) => `\`${code}\``);
  return [
    '| planted | main cause | in words | remedy | button | explains |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `${CATALOGUE.length} faults, ${new Set(planted).size} codes. Reasons that no fault stands for: ${missing.join(', ')}.`,
  ].join('\n');
}

/**
 * The page with the table as the catalogue is now.
 * @throws if the page has lost the place for it
 */
export function withCoverage(page: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < 0) throw new Error('The page has no place for the planted faults');
  return `${page.slice(0, start)}${START}\n${table()}\n\n${page.slice(end)}`;
}
