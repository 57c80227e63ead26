import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright';
import { expect } from 'vitest';
import type { App } from '../../support/app.ts';
import { personAt, plain, type Person } from './person.ts';

/** What a person does who has no network. */
export interface OfflinePerson extends Person {
  /** From the first screen to the three steps, with the code and a name for the device. */
  readonly makeRequest: (code: string, seatName: string) => Promise<void>;
  /** Saves what is shown by the system's dialog. @returns the path of the file */
  readonly save: () => Promise<string>;
  /** From the first screen back to what is open. */
  readonly resume: () => Promise<void>;
  /** Chooses files in the zone of the page. */
  readonly choose: (files: string | string[]) => Promise<void>;
  /** Drops a text as a file anywhere in the window, or on a place. */
  readonly drop: (content: string, name: string, place?: string) => Promise<void>;
  /** Pastes a text where the focus is, from the clipboard. */
  readonly paste: (text: string) => Promise<void>;
  readonly dialog: () => Locator;
  /** What the zone says became of what was brought. */
  readonly zoneSays: () => Promise<string>;
}

/** @param usb the folder in which the system's save dialog ends */
export function offlinePersonAt(app: App, usb: string): OfflinePerson {
  const person = personAt(app);
  const page = () => app.page;
  return {
    ...person,
    makeRequest: async (code, seatName) => {
      await person.button('This device has no internet access').click();
      await person.heading('Step 1: Make the request').waitFor();
      await person.code().fill(code);
      await page().getByLabel('Device name').fill(seatName);
      await person.button('Make request').click();
      await person.button('Save file…').waitFor();
    },
    save: async () => {
      await person.button(/^Save (file|again)…$/).click();
      const saved = page().locator('.saved');
      await saved.waitFor();
      const [, name = ''] = /Saved as (\S+),/.exec(plain(await saved.innerText())) ?? [];
      const file = path.join(usb, name);
      expect(existsSync(file)).toBe(true);
      return file;
    },
    resume: async () => {
      await person.button('Continue').click();
    },
    choose: async (files) => {
      await page().locator('[data-token-zone] input[type=file]').setInputFiles(files);
    },
    drop: async (content, name, place = 'body') => {
      await page()
        .locator(place)
        .first()
        .evaluate(
          (target, file) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([file.content], file.name));
            for (const type of ['dragover', 'drop']) {
              target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
            }
          },
          { content, name },
        );
    },
    paste: async (text) => {
      await page().evaluate((pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', pasted);
        const target = document.activeElement ?? document.body;
        target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }, text);
    },
    dialog: () => page().getByRole('dialog'),
    zoneSays: async () => {
      const words = page().locator('.zone-result .callout-text');
      await words.waitFor();
      return plain(await words.innerText());
    },
  };
}

/** Environment in which the application's clock is ahead of the real one, as if days had passed. */
export function daysLater(days: number): NodeJS.ProcessEnv {
  const script = `const real = Date.now; Date.now = () => real() + ${days} * 86400000;`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` };
}

export const read = (file: string): string => readFileSync(file, 'utf8');
