import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { ApplicationView } from '../../../shared/contract.ts';
import { failure } from '../../../shared/errors.ts';
import { answer, requestsOn } from './fake-bridge.ts';
import { held, license } from './samples.ts';
import { ALLOWED_SERVER, LOCAL_SERVER } from './server-samples.ts';
import { scriptOf } from './states.ts';
import { place } from './steps.ts';
import { useWindow } from './use-window.ts';

const { openWith } = useWindow();

async function settings(change: Partial<ApplicationView>, width = 880): Promise<Page> {
  const state = { name: 'settings', licenses: [license({ facts: held() })], change };
  const page = await openWith(scriptOf(state, {}), { viewport: { width, height: 680 } });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await place(1)(page);
  return page;
}

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const isTitleFocused = (page: Page) =>
  page.getByRole('heading', { level: 1 }).evaluate((title) => title === document.activeElement);

describe('the local server', () => {
  it('is chosen, filled in and left again with the keyboard alone, and the focus is never lost', async () => {
    const page = await settings({ server: ALLOWED_SERVER });
    await page.getByRole('radio', { name: 'The vendor' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.type('https://licenses.plant.example:6501');
    expect(await page.getByRole('textbox', { name: 'Server address' }).inputValue()).toContain('plant');
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Choose certificate file…');
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => isTitleFocused(page)).toBe(true);
    expect(await requestsOn(page, 'server.use')).toEqual([]);
  });

  it('is left only after a question, which Escape answers with no and gives the focus back', async () => {
    const page = await settings({ server: LOCAL_SERVER });
    await page.getByRole('radio', { name: 'Local server' }).focus();
    await page.keyboard.press('ArrowLeft');
    const question = page.getByRole('alertdialog');
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await requestsOn(page, 'server.use')).toEqual([]);
    const group = page.getByRole('radiogroup', { name: 'New activations come from' });
    await expect.poll(() => group.evaluate((it) => it.contains(document.activeElement))).toBe(true);
  });

  it('stays in the question with the reason where it can not be left', async () => {
    const page = await settings({ server: LOCAL_SERVER });
    await page.getByText('The vendor', { exact: true }).click();
    const question = page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Switch' }).click();
    await answer(page, 'server.use', { ok: false, error: failure('vaultDiskFull') });
    await question.getByRole('alert').waitFor();
    expect(await requestsOn(page, 'server.use')).toEqual([{ kind: 'cloud' }]);
  });

  it('has a fingerprint whose lines end between two bytes in a narrow window', async () => {
    const page = await settings({ server: LOCAL_SERVER }, 480);
    const lines = await page.getByText(/^3B:/).evaluate((digest) => {
      const places = [...digest.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const rows = places.map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].map(({ top }) => top);
      });
      return { bytes: rows.length, broken: rows.filter((row) => row.length !== 1).length, rows: rows.flat() };
    });
    expect(lines).toMatchObject({ bytes: 32, broken: 0 });
    expect(new Set(lines.rows).size).toBeGreaterThan(1);
  });
});

it('has no two fields of the same name', async () => {
  const page = await settings({ server: ALLOWED_SERVER });
  await page.getByText('Local server', { exact: true }).click();
  await page.getByRole('button', { name: /Proxy$/ }).click();
  await page.getByRole('option', { name: 'Address' }).click();
  await page.getByRole('textbox', { name: 'Proxy address' }).waitFor();
  const fields = await page.getByRole('textbox').all();
  const names = await Promise.all(
    fields.map((field) => field.evaluate((it) => (it as HTMLInputElement).labels?.[0]?.textContent ?? '')),
  );
  expect(names.length).toBeGreaterThan(2);
  expect(names).not.toContain('');
  expect(new Set(names).size).toBe(names.length);
});
