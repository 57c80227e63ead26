import { setTimeout as wait } from 'node:timers/promises';
import type { Recorded } from '../../host/recorder.ts';
import type { Run } from '../../support/launch-options.ts';
import type { Place } from '../../support/leaks.ts';

/** A page that has crashed answers nothing, and that is what its test is about. Milliseconds. */
const PATIENCE = 1000;

/** Requests that carry what somebody has typed, and what brings a link or a file into the window. */
const CARRIERS = [
  'license.activate',
  'license.activateWithPassword',
  'offline.makeRequest',
  'offline.recognise',
  'offline.importToken',
  'proxy.signIn',
];
const LINKS = ['app.takeDeepLink', 'event.deepLink'];

const place = (name: string, text: string): Place => ({ name, bytes: Buffer.from(text, 'utf8') });

/** The title, and what the buttons put on the clipboard that the window shows now. While it is open. */
export const shownIn = (run: Run): Promise<readonly Place[]> =>
  Promise.race([titleAndCopied(run), wait(PATIENCE, [], { ref: false })]);

/** What the processes of a run have printed. */
export const printedBy = (run: Run): Place => place('output', run.output());

/** What crossed the bridge between main process and page in a run, but for what its user has put there. */
export const crossedIn = ({ traffic }: Run): Place =>
  place('bridge', JSON.stringify(traffic.flatMap(withoutWhatWasTyped)));

function withoutWhatWasTyped(entry: Recorded): readonly unknown[] {
  if (entry.kind === 'event') return LINKS.includes(entry.channel) ? [] : [entry];
  if (entry.kind === 'consoleError') return [entry];
  if (entry.kind !== 'request' || LINKS.includes(entry.channel)) return [];
  return CARRIERS.includes(entry.channel) ? [{ ...entry, args: null }] : [entry];
}

async function titleAndCopied(run: Run): Promise<readonly Place[]> {
  try {
    const { page } = run;
    const title = await page.title();
    return [place('title', title), place('copied', await copiedIn(page))];
  } catch {
    // The window may be what the test has closed, or what has crashed.
    return [];
  }
}

/** Presses what puts a summary or details on the clipboard, where the window shows it. */
function copiedIn(page: Run['page']): Promise<string> {
  return page.evaluate(async () => {
    const copied: string[] = [];
    navigator.clipboard.writeText = (text) => {
      copied.push(text);
      return Promise.resolve();
    };
    for (const button of document.querySelectorAll('button')) {
      if (['Copy summary', 'Copy details'].includes(button.innerText.trim())) button.click();
    }
    await Promise.resolve();
    return copied.join('\n');
  });
}
