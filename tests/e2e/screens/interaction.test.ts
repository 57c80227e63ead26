import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import { answer, emit, requestsOn } from './fake-bridge.ts';
import { ended, held, license, never, NOW, REPORTS, snapshot, STUDIO } from './samples.ts';
import { scriptOf } from './states.ts';
import { useWindow } from './use-window.ts';

const CODE = 'SST-7KQ4-M2XD-9HTB-WE3R';
const fresh = license({ facts: never });
const active = license({ facts: held() });
/** The vendor lets users sign in. */
const offered = { accounts: { available: true, signInNeeded: false } };

const { show, openWith } = useWindow();

describe('activation', () => {
  it('is done with the keyboard alone', async () => {
    const page = await show([fresh]);
    await page.keyboard.type('sst 7kq4 m2xd 9htb we3r');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Bench 4');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('textbox', { name: 'Activation code' }).inputValue()).toBe(CODE);
    expect(await requestsOn(page, 'license.activate')).toEqual([
      { productId: STUDIO, code: CODE, seatName: 'Bench 4' },
    ]);
    await answer(page, 'license.activate', { ok: true, value: active });
    const title = page.getByRole('heading', { level: 1, name: 'Signal Studio is active' });
    await title.waitFor();
    expect(await title.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.content()).not.toContain(CODE);
  });

  it('can’t be submitted twice, and nothing typed is lost while it runs', async () => {
    const page = await show([fresh]);
    const code = page.getByRole('textbox', { name: 'Activation code' });
    await code.fill(CODE);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Activating…' }).waitFor();
    await page.keyboard.press('Enter');
    // By force, since Playwright too sees that it can't be pressed.
    await page.getByRole('button', { name: 'Activating…' }).click({ force: true });
    await code.press('Enter');
    await page.keyboard.press('Escape');
    expect(await code.inputValue()).toBe(CODE);
    expect(await code.isEditable()).toBe(false);
    expect(await requestsOn(page, 'license.activate')).toHaveLength(1);
  });

  it('moves the focus to the code when it is wrong, and keeps it', async () => {
    const page = await show([fresh]);
    const code = page.getByRole('textbox', { name: 'Activation code' });
    await code.fill(CODE);
    await page.getByRole('button', { name: 'Activate', exact: true }).click();
    await answer(page, 'license.activate', { ok: false, error: failure('activationCodeInvalid') });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await code.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await code.getAttribute('aria-invalid')).toBe('true');
    const described = await code.evaluate((element) =>
      (element.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.querySelector(`#${CSS.escape(id)}`)?.textContent ?? '')
        .join(' '),
    );
    expect(described).toContain('The license server does not know this activation code.');
    expect(await code.inputValue()).toBe(CODE);
    await page.keyboard.press('Enter');
    expect(await requestsOn(page, 'license.activate')).toHaveLength(2);
  });

  it('moves the focus to what went wrong when the code is not to blame', async () => {
    const page = await show([fresh]);
    const code = page.getByRole('textbox', { name: 'Activation code' });
    await code.fill(CODE);
    await page.keyboard.press('Enter');
    await answer(page, 'license.activate', { ok: false, error: failure('timeout') });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await code.getAttribute('aria-invalid')).toBeNull();
  });

  it.each([
    { width: 880, height: 680 },
    { width: 480, height: 560 },
  ])('keeps what went wrong and the button for another try in sight: $width x $height', async (viewport) => {
    const editions = [{ id: 'std', name: 'Standard' }];
    const licenses = [license({ facts: never, around: offered, view: { editions, lastContactAt: null } })];
    const accounts = { openId: true, password: true, waiting: null };
    const page = await openWith(scriptOf({ name: '', licenses, change: { accounts } }, {}), { viewport });
    await page.getByRole('textbox', { name: 'Activation code' }).fill(CODE);
    await page.keyboard.press('Enter');
    const unreachable = failure('serverUnreachable', { host: 'licensing.example.com:443' });
    await answer(page, 'license.activate', { ok: false, error: unreachable });
    for (const shown of [
      page.getByRole('alert'),
      page.getByRole('button', { name: 'Activate', exact: true }),
    ]) {
      await shown.waitFor();
      const isInSight = async () => {
        const box = await shown.boundingBox();
        return box !== null && box.y >= 0 && box.y + box.height <= viewport.height;
      };
      await expect.poll(isInSight).toBe(true);
    }
  });

  it('moves the focus to the password when it was refused, and keeps the name', async () => {
    const licenses = [license({ facts: never, around: offered })];
    const accounts = { openId: false, password: true, waiting: null };
    const page = await openWith(scriptOf({ name: '', licenses, change: { accounts } }, {}));
    await page.getByText('With an account', { exact: true }).click();
    const name = page.getByRole('textbox', { name: 'User name' });
    await name.fill('user@example.com');
    const password = page.locator('input[name=password]');
    await password.fill('correct horse battery');
    await page.keyboard.press('Enter');
    await answer(page, 'license.activateWithPassword', { ok: false, error: failure('credentialsInvalid') });
    await page.getByRole('alert').waitFor();
    await expect.poll(() => password.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await password.inputValue()).toBe('');
    expect(await name.inputValue()).toBe('user@example.com');
  });

  it('does not send an empty form', async () => {
    const page = await show([fresh]);
    await page.getByRole('button', { name: 'Activate', exact: true }).click();
    const code = page.getByRole('textbox', { name: 'Activation code' });
    expect(await code.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await requestsOn(page, 'license.activate')).toEqual([]);
  });

  it('reads a pasted code however it was written', async () => {
    const page = await show([fresh]);
    await page.evaluate(() => navigator.clipboard.writeText(' “sst–7kq4–m2xd–9htb–we3r” '));
    await page.keyboard.press('ControlOrMeta+V');
    expect(await page.getByRole('textbox', { name: 'Activation code' }).inputValue()).toBe(CODE);
  });

  it('keeps the draft over a look at the settings', async () => {
    const page = await show([fresh]);
    await page.keyboard.type(CODE);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Licenses' }).click();
    expect(await page.getByRole('textbox', { name: 'Activation code' }).inputValue()).toBe(CODE);
  });

  it('sends the product and the edition that were chosen', async () => {
    const editions = [{ id: 'pro', name: 'Professional' }];
    const page = await show([fresh, license({ productId: REPORTS, facts: never, view: { editions } })]);
    await page.getByRole('button', { name: /Product/ }).click();
    await page.getByRole('option', { name: 'Report Builder' }).click();
    await page.getByRole('button', { name: /Edition/ }).click();
    await page.getByRole('option', { name: 'Professional' }).click();
    await page.getByRole('textbox', { name: 'Activation code' }).fill(CODE);
    await page.keyboard.press('Enter');
    expect(await requestsOn(page, 'license.activate')).toEqual([
      { productId: REPORTS, code: CODE, editionId: 'pro' },
    ]);
  });
});

describe('a link from outside', () => {
  it('fills the form in, says so, and sends nothing', async () => {
    const page = await show([fresh]);
    await emit(page, 'deepLink', { productId: STUDIO, code: CODE });
    await page.getByText('This code was filled in by a link that you opened.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Activation code' }).inputValue()).toBe(CODE);
    expect(await requestsOn(page, 'license.activate')).toEqual([]);
  });

  it('changes nothing for a product that is active', async () => {
    const page = await show([active]);
    await emit(page, 'deepLink', { productId: STUDIO, code: CODE });
    await page.getByText('Nothing was changed.').waitFor();
    expect(await page.content()).not.toContain(CODE);
  });
});

describe('refresh', () => {
  it('says until when the lease runs now', async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: 'Refreshing…' }).waitFor();
    const renewed = license({ facts: held({ leaseExpiry: NOW + 30 * 86_400_000, lastLeaseAt: NOW }) });
    await answer(page, 'license.refresh', { ok: true, value: renewed });
    await page
      .getByRole('status')
      .getByText('Refreshed. Lease now ends on June 13, 2031 at 9:30 AM.')
      .waitFor();
  });

  it('says what went wrong and what to do', async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    const wrong = failure('serverUnreachable', { host: 'licensing.example.com:443' });
    await answer(page, 'license.refresh', { ok: false, error: wrong });
    await page.getByRole('status').getByText('licensing.example.com:443 could not be reached.').waitFor();
    await page.getByRole('button', { name: 'Refresh' }).waitFor();
  });
});

describe('a feature that is shared', () => {
  const open = async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Change Parallel channels' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    return { page, dialog };
  };

  it('is checked out by the difference, and the dialog closes when it is done', async () => {
    const { page, dialog } = await open();
    await dialog.getByRole('spinbutton', { name: 'Held on this device' }).fill('5');
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: 'Check out 3' }).click();
    expect(await requestsOn(page, 'license.changeFeature')).toEqual([
      { productId: active.productId, kind: 'checkout', key: 'parallelChannels', amount: 3 },
    ]);
    await answer(page, 'license.changeFeature', { ok: true, value: active });
    await dialog.waitFor({ state: 'detached' });
  });

  it('is put back with the buttons, and a refusal leaves the dialog as it was', async () => {
    const { page, dialog } = await open();
    await dialog.getByRole('button', { name: 'One less' }).click();
    await dialog.getByRole('button', { name: 'Put 1 back' }).click();
    expect(await requestsOn(page, 'license.changeFeature')).toEqual([
      { productId: active.productId, kind: 'return', key: 'parallelChannels', amount: 1 },
    ]);
    await answer(page, 'license.changeFeature', { ok: false, error: failure('featureNotReturnable') });
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Put 1 back' }).waitFor();
  });

  it('takes no more than there is, and nothing for no change', async () => {
    const { page, dialog } = await open();
    const field = dialog.getByRole('spinbutton', { name: 'Held on this device' });
    await field.fill('99');
    await page.keyboard.press('Tab');
    expect(await field.inputValue()).toBe('11');
    expect(await dialog.getByRole('button', { name: 'One more' }).isDisabled()).toBe(true);
    await field.fill('');
    await page.keyboard.press('Tab');
    expect(await field.inputValue()).toBe('11');
    await field.fill('1');
    await field.press('ArrowUp');
    await page.keyboard.press('Tab');
    expect(await dialog.getByRole('button', { name: 'Keep' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await requestsOn(page, 'license.changeFeature')).toEqual([]);
  });

  it('can not be changed where the license does not allow it', async () => {
    const page = await show([{ ...active, actions: ['refresh', 'deactivate'] }]);
    await page.getByRole('button', { name: 'Refresh' }).waitFor();
    expect(await page.getByRole('button', { name: 'Change Parallel channels' }).count()).toBe(0);
  });
});

describe('deactivation', () => {
  const ask = async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Deactivate…' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    return { page, dialog };
  };

  it('asks first; Return does nothing, Escape cancels and gives the focus back', async () => {
    const { page, dialog } = await ask();
    await page.keyboard.press('Enter');
    expect(await requestsOn(page, 'license.deactivate')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const opener = page.getByRole('button', { name: 'Deactivate…' });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await requestsOn(page, 'license.deactivate')).toEqual([]);
  });

  it('keeps the focus inside of the question', async () => {
    const { page, dialog } = await ask();
    for (let press = 0; press < 5; press++) {
      await page.keyboard.press('Tab');
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    }
  });

  it('frees the seat when confirmed, once, and says so on the overview', async () => {
    const { page, dialog } = await ask();
    await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await dialog.getByRole('button', { name: 'Deactivating…' }).click({ force: true });
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    expect(await requestsOn(page, 'license.deactivate')).toEqual([{ productId: STUDIO }]);
    const gone = license({ facts: ended('deactivated') });
    await emit(page, 'snapshot', snapshot([gone], {}, 2));
    await answer(page, 'license.deactivate', { ok: true, value: gone });
    await page.getByText('This device was deactivated on May 12, 2031').waitFor();
    await page.getByRole('textbox', { name: 'Activation code' }).waitFor();
  });

  it('stays open with the reason when it fails', async () => {
    const { page, dialog } = await ask();
    await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await answer(page, 'license.deactivate', { ok: false, error: failure('timeout') });
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('around it', () => {
  it('shows the shape of the window until the first snapshot is there', async () => {
    const page = await openWith({ 'app.takeDeepLink': { ok: true, value: null } });
    await page.getByRole('main', { name: 'Reading the license…' }).waitFor();
    expect(await page.getByRole('main').getAttribute('aria-busy')).toBe('true');
    await answer(page, 'app.snapshot', { ok: true, value: snapshot([active]) });
    await page.getByRole('heading', { level: 1, name: 'Signal Studio' }).waitFor();
  });

  it('says that nothing answers, and asks again when told to', async () => {
    const page = await openWith({ 'app.takeDeepLink': { ok: true, value: null } });
    await answer(page, 'app.snapshot', { ok: false, error: failure('internal') });
    await page
      .getByRole('heading', { name: 'The license service of this application does not answer.' })
      .waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await answer(page, 'app.snapshot', { ok: true, value: snapshot([active]) });
    await page.getByRole('heading', { level: 1, name: 'Signal Studio' }).waitFor();
  });

  it('shows a designed page where there is no bridge at all', async () => {
    const page = await openWith(null);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('turns to another language, direction and theme when the main process says so', async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('Dark', { exact: true }).click();
    expect(await requestsOn(page, 'settings.change')).toEqual([{ theme: 'dark' }]);
    const settings = { language: 'ar', theme: 'dark', proxy: { kind: 'system' } } as const;
    await emit(page, 'snapshot', snapshot([active], { locale: 'ar', settings }, 2));
    await page.getByRole('heading', { level: 1, name: 'الإعدادات' }).waitFor();
    const root = page.locator('html');
    expect(await root.getAttribute('lang')).toBe('ar');
    expect(await root.getAttribute('dir')).toBe('rtl');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  });

  it('copies the seat id and says so', async () => {
    const page = await show([active]);
    await page.getByRole('button', { name: 'Copy seat ID' }).click();
    await page.getByRole('status').getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(active.activation?.seatId);
  });

  it('reaches every part with the keyboard', async () => {
    const page = await show([active, license({ productId: REPORTS, facts: never })]);
    await page.getByRole('heading', { level: 1 }).focus();
    const seen: string[] = [];
    for (let press = 0; press < 9; press++) {
      await page.keyboard.press('Tab');
      seen.push(await page.evaluate(() => document.activeElement?.textContent ?? ''));
    }
    expect(seen).toEqual(
      expect.arrayContaining(['Signal Studio', 'Refresh', 'Licenses', 'Settings', 'Help']),
    );
  });
});
