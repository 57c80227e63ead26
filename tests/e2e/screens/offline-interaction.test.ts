import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { armorToken } from '../../../shared/token/armor.ts';
import { answer, emit, requestsOn } from './fake-bridge.ts';
import { held, license, never, NOW, snapshot, STUDIO } from './samples.ts';
import { shapeOf, tokenView } from './tokens.ts';
import { useWindow } from './use-window.ts';

const CODE = 'SST-7KQ4-M2XD-9HTB-WE3R';
const RESPONSE = armorToken('activation-response', shapeOf('activation-response'), {
  Product: 'Signal Studio',
});

const withRequests = (...requests: LicenseView['offline']['requests']) =>
  license({
    facts: never,
    around: {
      offline: { available: true, requestPending: requests[0]?.madeAt ?? null, receipts: 0 },
    },
    view: { offline: { available: true, requests, receipts: [] } },
  });
const request = (id: string, minutesAgo: number) => ({
  id,
  madeAt: NOW - minutesAgo * 60_000,
  seatName: null,
  editionId: null,
});
const fresh = withRequests();
const waiting = withRequests(request('req-1', 5));
const active = license({ facts: held({ mode: 'offline' }) });

const { show } = useWindow();

const step = (page: Page, name: RegExp) => page.getByRole('button', { name });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press('ControlOrMeta+V');
}

describe('the way without a network', () => {
  it('is offered where the network is what failed, with what was typed', async () => {
    const page = await show([fresh]);
    await page.getByRole('textbox', { name: 'Activation code' }).fill(CODE);
    await page.keyboard.press('Enter');
    await answer(page, 'license.activate', { ok: false, error: failure('pinMismatch') });
    await page.getByRole('alert').getByRole('button', { name: 'Activate without a network' }).click();
    expect(await page.getByRole('textbox', { name: 'Activation code' }).inputValue()).toBe(CODE);
    expect(await step(page, /^Step 1/).getAttribute('aria-expanded')).toBe('true');
    expect(await step(page, /^Step 2/).isDisabled()).toBe(true);
  });

  it('is not offered where the vendor answers no requests', async () => {
    const page = await show([
      license({ facts: never, around: { offline: { available: false, requestPending: null, receipts: 0 } } }),
    ]);
    await page.getByRole('textbox', { name: 'Activation code' }).fill(CODE);
    await page.keyboard.press('Enter');
    await answer(page, 'license.activate', { ok: false, error: failure('serverUnreachable') });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('button', { name: /network|internet/ }).count()).toBe(0);
  });

  it('is not offered as a remedy where the code is what was wrong', async () => {
    const page = await show([fresh]);
    await page.getByRole('textbox', { name: 'Activation code' }).fill(CODE);
    await page.keyboard.press('Enter');
    await answer(page, 'license.activate', { ok: false, error: failure('seatLimitReached', { count: 3 }) });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('button', { name: 'Activate without a network' }).count()).toBe(0);
  });

  it('is gone with the keyboard alone, and the focus goes along', async () => {
    const page = await show([fresh]);
    await page.getByRole('button', { name: 'This device has no internet access' }).focus();
    await page.keyboard.press('Enter');
    await step(page, /^Step 1/).waitFor();
    await page.getByRole('textbox', { name: 'Activation code' }).focus();
    await page.keyboard.type(CODE);
    await page.keyboard.press('Enter');
    await emit(page, 'snapshot', snapshot([waiting], {}, 2));
    await answer(page, 'offline.makeRequest', { ok: true, value: tokenView('activation-request', 'req-1') });
    await expect.poll(() => focused(page)).toContain('Take it to the portal');
    await answer(page, 'offline.token', { ok: true, value: tokenView('activation-request', 'req-1') });
    const tab = page.getByRole('tab', { name: 'File' });
    await tab.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('img', { name: 'QR code 1 of 3: activation request for Signal Studio' }).waitFor();
    await page.getByRole('button', { name: 'Next code' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Code 2 of 3').waitFor();
    await page.getByRole('img', { name: /^QR code 2 of 3/ }).waitFor();
    await page.getByRole('button', { name: 'I have the response' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toContain('Bring the response back');
  });

  it('shows the newest of several requests, another when asked, and discards one only after a question', async () => {
    const both = withRequests(request('req-2', 5), request('req-1', 90));
    const page = await show([both]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await step(page, /^Step 2/).click();
    await page.getByText('2 requests are open. The response to any of them is accepted.').waitFor();
    expect(await requestsOn(page, 'offline.token')).toEqual([{ productId: STUDIO, id: 'req-2' }]);
    await page.getByRole('button', { name: /^Made today at 9:25/ }).click();
    await page.getByRole('option', { name: /^Made today at 8:00/ }).click();
    await expect.poll(() => requestsOn(page, 'offline.token')).toHaveLength(2);
    await page.getByRole('button', { name: 'Discard…' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await requestsOn(page, 'offline.discardRequest')).toEqual([]);
    await page.getByRole('button', { name: 'Discard…' }).click();
    await page.getByRole('button', { name: 'Discard request' }).click();
    expect(await requestsOn(page, 'offline.discardRequest')).toEqual([{ productId: STUDIO, id: 'req-1' }]);
    await emit(page, 'snapshot', snapshot([withRequests(request('req-2', 5))], {}, 2));
    await answer(page, 'offline.discardRequest', { ok: true, value: waiting });
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await expect.poll(async () => (await requestsOn(page, 'offline.token')).at(-1)?.id).toBe('req-2');
  });

  it('says that a cancelled dialog saved nothing by saying nothing, and that a full drive did not take it', async () => {
    const page = await show([waiting]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await step(page, /^Step 2/).click();
    await answer(page, 'offline.token', { ok: true, value: tokenView('activation-request', 'req-1') });
    await page.getByRole('button', { name: 'Save file…' }).click();
    await answer(page, 'offline.saveToken', { ok: false, error: failure('cancelled') });
    await page.getByRole('button', { name: 'Save file…' }).click();
    expect(await page.locator('.saved, .carrier .callout').count()).toBe(0);
    await answer(page, 'offline.saveToken', {
      ok: false,
      error: failure('fileNotSaved', { system: 'ENOSPC' }),
    });
    await page.getByText('The file could not be saved (ENOSPC).').waitFor();
    await page.getByRole('button', { name: 'Save file…' }).click();
    await answer(page, 'offline.saveToken', { ok: true, value: { name: 'request.lkrequest' } });
    await page.getByRole('status').getByText('Saved as request.lkrequest').waitFor();
  });
});

describe('a token that is pasted', () => {
  it.each(['Activation code', 'Device name'])('into %s stays out of it and is asked about', async (name) => {
    const page = await show([waiting]);
    const field = page.getByRole('textbox', { name });
    await field.focus();
    await paste(page, RESPONSE);
    await answer(page, 'offline.recognise', {
      ok: true,
      value: { kind: 'activation-response', productId: STUDIO },
    });
    await page.getByRole('dialog', { name: 'Activation response for Signal Studio' }).waitFor();
    expect(await field.inputValue()).toBe('');
    expect(await requestsOn(page, 'offline.importToken')).toEqual([]);
    await page.getByRole('button', { name: 'Apply' }).click();
    expect(await requestsOn(page, 'offline.importToken')).toHaveLength(1);
    await answer(page, 'offline.importToken', { ok: true, value: active });
    await page.getByRole('heading', { level: 1, name: 'Signal Studio is active' }).waitFor();
  });

  it('with no field focused is asked about, and other text is left alone', async () => {
    const page = await show([active]);
    await page.getByRole('heading', { level: 1 }).focus();
    await paste(page, 'Measuring bench 4');
    await paste(page, armorToken('deactivation', shapeOf('deactivation')));
    await page.getByRole('dialog', { name: 'This is a deactivation file' }).waitFor();
    expect(await requestsOn(page, 'offline.recognise')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('in two halves into the field for it is put together there', async () => {
    const page = await show([waiting]);
    await page.getByRole('button', { name: 'Continue' }).click();
    const field = page.getByRole('textbox', { name: 'Or paste it as text' });
    await field.focus();
    await paste(page, RESPONSE.slice(0, 900));
    await page.getByRole('status').getByText('This file can’t be read').waitFor();
    expect(await field.inputValue()).toBe(RESPONSE.slice(0, 900));
    await paste(page, RESPONSE.slice(900));
    await answer(page, 'offline.recognise', {
      ok: true,
      value: { kind: 'activation-response', productId: STUDIO },
    });
    await expect.poll(() => requestsOn(page, 'offline.importToken')).toHaveLength(1);
  });
});

describe('receipts', () => {
  it('go only after a question', async () => {
    const receipt = { id: 'rec-1', activationId: 'act_1', madeAt: NOW - 60_000 };
    const idle = license({
      facts: { activation: null, ended: { cause: 'deactivated', at: NOW - 60_000 } },
      around: { offline: { available: true, requestPending: null, receipts: 1 } },
      view: { offline: { available: true, requests: [], receipts: [receipt] } },
    });
    const page = await show([idle]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'The portal has it…' }).click();
    await page.keyboard.press('Enter');
    expect(await requestsOn(page, 'offline.clearReceipt')).toEqual([]);
    await page.getByRole('button', { name: 'Yes, remove receipt' }).click();
    expect(await requestsOn(page, 'offline.clearReceipt')).toEqual([{ productId: STUDIO, id: 'rec-1' }]);
    await emit(page, 'snapshot', snapshot([fresh], {}, 2));
    await answer(page, 'offline.clearReceipt', { ok: true, value: fresh });
    await page.getByRole('textbox', { name: 'Activation code' }).waitFor();
  });
});
