import type { Page } from 'playwright';
import { failure } from '../../../shared/errors.ts';
import { answer } from './fake-bridge.ts';

export const openFirst = async (page: Page) => {
  await page.locator('.license-card-link').first().click();
  await page.locator('.page-back').waitFor();
};
export const pressRefresh = async (page: Page) => {
  await page.locator('.lease-buttons .button').last().click();
};
export const place = (index: number) => async (page: Page) => {
  await page.locator('.place').nth(index).click();
};
export const ask = async (page: Page) => {
  await page.locator('.detail-step .button').last().click();
  await page.getByRole('alertdialog').waitFor();
};
export const changeFirstFeature = async (page: Page) => {
  await page.locator('.feature > .button').first().click();
  await page.getByRole('dialog').waitFor();
};
export const typeCode = async (page: Page) => {
  await page.locator('input[name=code]').fill('SST-7KQ4-M2XD-9HTB-WE3R');
};
export const submit = async (page: Page) => {
  await page.locator('button[type=submit]').click();
};
export const failWith =
  (...wrong: Parameters<typeof failure>) =>
  async (page: Page) => {
    await typeCode(page);
    await submit(page);
    await answer(page, 'license.activate', { ok: false, error: failure(...wrong) });
    await page.getByRole('alert').waitFor();
  };
