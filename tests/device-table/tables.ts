import type { FactorName } from '../../electron/fingerprint/types.ts';
import { outcomeOf, type Change } from './outcomes.ts';
import { changesOf, DEVICES, FULL, on, STORIES } from './stories.ts';

const START = /<!-- outcomes:[^\n]*-->\n/u;
const END = '<!-- /outcomes -->';
const HEAD = ['vault opens', 'license', 'what is told', 'the server gives the seat'];

function cellsOf(device: readonly FactorName[], change: Change): readonly string[] {
  const { vaultOpens, state, reasons, seatIsGiven } = outcomeOf(device, change);
  const told = reasons.map((code) => `\`${code}\``).join(', ');
  return [vaultOpens ? 'yes' : '**no**', `\`${state}\``, told, seatIsGiven ? 'yes' : '**no**'];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function storiesOn(device: readonly FactorName[]): string {
  const rows = STORIES.map((story) => [story.story, ...cellsOf(device, on(device, story))]);
  return table(['what happens', ...HEAD], rows);
}

function everyChange(): string {
  const rows = changesOf(FULL).map((change) => [change.changed.join(', '), ...cellsOf(FULL, change)]);
  return table(['changed', ...HEAD], rows);
}

/**
 * The page with its tables as the code decides now.
 * @throws if the page has lost the place for them
 */
export function withOutcomes(page: string): string {
  const start = START.exec(page);
  const end = page.indexOf(END);
  if (start === null || end < 0) throw new Error('The page has no place for the outcomes');
  const stories = Object.entries(DEVICES).map(
    ([name, device]) => `#### ${name}\n\nEnrolled: ${device.join(', ')}.\n\n${storiesOn(device)}`,
  );
  const every = `#### Every change of one factor or two\n\nEnrolled: ${FULL.join(', ')}.\n\n${everyChange()}`;
  const tables = [...stories, every].join('\n\n');
  return `${page.slice(0, start.index)}${start[0]}\n${tables}\n\n${page.slice(end)}`;
}
