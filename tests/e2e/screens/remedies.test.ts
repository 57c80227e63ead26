import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import { answer, emit, requestsOn } from './fake-bridge.ts';
import { DAY, entitlement, held, license, NOW, REPORTS, snapshot, STUDIO } from './samples.ts';
import { useWindow } from './use-window.ts';

const active = license({ facts: held() });

const { show } = useWindow();

describe('a remedy', () => {
  const soon = { leaseExpiry: NOW + DAY, lastLeaseAt: NOW - 29 * DAY };
  const online = license({ facts: held(soon) });
  const offline = license({ facts: held({ ...soon, mode: 'offline' }) });

  it('is a button where it is allowed, once, and shows that it is under way', async () => {
    const page = await show([online]);
    await page.getByText('Refresh the license while you are connected.').waitFor();
    // `click` refuses when there is more than one.
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: 'Refreshing…' }).waitFor();
    expect(await requestsOn(page, 'license.refresh')).toEqual([{ productId: STUDIO }]);
  });

  it('gives way to what else can be done where it is not allowed', async () => {
    const page = await show([offline]);
    await page
      .getByText('This seat was activated offline: fetch a refresh file from the license portal.')
      .waitFor();
    expect(await page.getByRole('button', { name: /^Refresh$|Try again|Check/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Refresh with a file…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Refresh Signal Studio with a file' }).waitFor();
    expect(await page.getByText('Refresh the license while you are connected.').count()).toBe(0);
  });

  it('leaves the focus on the page when its reason goes', async () => {
    const page = await show([online]);
    await page.getByRole('button', { name: 'Refresh' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Refreshing…' }).waitFor();
    const renewed = license({ facts: held({ leaseExpiry: NOW + 30 * DAY, lastLeaseAt: NOW }) });
    await emit(page, 'snapshot', snapshot([renewed], {}, 2));
    await answer(page, 'license.refresh', { ok: true, value: renewed });
    const title = page.getByRole('heading', { level: 1 });
    await expect.poll(() => title.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('of a refresh that failed is offered beside what went wrong', async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await answer(page, 'license.refresh', { ok: false, error: failure('entitlementExpired') });
    await page.getByRole('status').getByRole('button', { name: 'Renew' }).click();
    expect(await requestsOn(page, 'links.open')).toEqual([{ link: 'portal' }]);
  });

  it('is to buy where a trial ends, and to renew where a subscription does', async () => {
    const ending = { expiry: NOW + 5 * DAY };
    const trial = license({ facts: held({ entitlement: entitlement({ ...ending, isTrial: true }) }) });
    const bought = license({ facts: held({ entitlement: entitlement(ending) }) });
    for (const [one, caption, other] of [
      [trial, 'Buy a license', 'Renew'],
      [bought, 'Renew', 'Buy a license'],
    ] as const) {
      const page = await show([one]);
      await page.getByRole('button', { name: caption }).click();
      expect(await requestsOn(page, 'links.open')).toEqual([{ link: 'portal' }]);
      expect(await page.getByRole('button', { name: other }).count()).toBe(0);
    }
  });

  it('says to deactivate first where activating again is not allowed', async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await answer(page, 'license.refresh', { ok: false, error: failure('accessTokenInvalid') });
    await page
      .getByRole('status')
      .getByText('Deactivate this device first, then activate it again.')
      .waitFor();
    expect(await page.getByRole('button', { name: 'Activate again' }).count()).toBe(0);
  });
});

describe('the first screen', () => {
  it('is the license itself where there is only one', async () => {
    const page = await show([active]);
    await page.getByRole('heading', { name: 'Features' }).waitFor();
    expect(await page.getByRole('main').getByRole('button', { name: 'Licenses' }).count()).toBe(0);
  });

  it('is a list of several, each with its page and a way back', async () => {
    const page = await show([active, license({ productId: REPORTS, facts: held() })]);
    expect(await page.getByRole('heading', { name: 'Features' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Report Builder' }).click();
    await page.getByRole('heading', { level: 1, name: 'Report Builder' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Licenses' }).click();
    await page.getByRole('heading', { level: 1, name: 'Licenses' }).waitFor();
  });
});
