import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../shared/messages/index.ts';
import { plain } from '../app/person.ts';
import { LEASE_DAYS, startAirGap, type AirGap } from './air-gap.ts';
import { onClipboard, pasteByKeys } from './clipboard.ts';
import { WAYS, withoutOneLine } from './mail.ts';
import { activationList, answerCopied, pasteText, titled } from './portal-steps.ts';

/** Copies the token that the application shows, by its button. */
async function copyFromApplication({ app, person }: AirGap): Promise<string> {
  await app.page.getByRole('tab', { name: 'Text' }).click();
  await person.button('Copy text').click();
  await app.page.getByText('Copied', { exact: true }).waitFor();
  const text = await onClipboard(app.page);
  expect(text).toBe(await app.page.getByLabel('The file as text').inputValue());
  return text;
}

/** Leaves every field, as somebody does who clicks beside it. */
async function focusNothing(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).click();
  const focused = await page.evaluate(() => document.activeElement?.tagName ?? 'BODY');
  expect(['BODY', 'MAIN', 'H1', 'DIV']).toContain(focused);
}

const malformed = plain(describeFailure({ code: 'tokenMalformed' }, 'en').sentence);

describe('text that mail programs have mangled', () => {
  it('carries everything over the air gap by the clipboard: request, response, refresh, deactivation', async () => {
    const gap = await startAirGap({ javaScript: true });
    const { app, person, portal, bench, activationCode, entitlementId } = gap;
    const { page } = portal;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);

    // Out: first a mail has dropped a line, then it arrives whole, though quoted, filled anew and with odd spaces.
    await person.makeRequest(activationCode, 'Pump house');
    const request = await copyFromApplication(gap);
    expect(request).toMatch(/^-----BEGIN LATCHKEY ACTIVATION REQUEST-----\n/);
    expect(request).not.toContain(activationCode);
    await app.close();
    await pasteText(page, WAYS.answered(withoutOneLine(request)));
    await titled(page, 'This can not be read');
    await pasteText(page, WAYS.forwarded(request));
    await titled(page, 'Your response is ready');
    const response = await answerCopied(page);

    // Back: what has lost a line is refused, costs nothing, and the whole text works in the same place.
    await app.restart();
    await person.resume();
    const field = () => app.page.getByLabel('Or paste it as text');
    await field().focus();
    await pasteByKeys(app.page, WAYS.answered(withoutOneLine(response)));
    await expect.poll(person.zoneSays).toContain(malformed);
    expect(await person.license()).toMatchObject({ state: 'notActivated', offline: { requests: [{}] } });
    // Behind what was refused, which still stands there.
    expect(await field().inputValue()).toContain('BEGIN LATCHKEY ACTIVATION RESPONSE');
    await pasteByKeys(app.page, WAYS.answered(response));
    await person.heading(/ is active$/).waitFor();
    await gap.expectLeaseFrom(0);

    // A refresh weeks later, pasted with nothing focused: nothing happens before the question is answered.
    await gap.cameBackAfter(LEASE_DAYS - 5);
    await portal.fetchRefresh(activationCode);
    const refresh = await answerCopied(page);
    await person.openLicense();
    await focusNothing(app.page);
    await pasteByKeys(app.page, WAYS.typeset(withoutOneLine(refresh)));
    await person.button('Apply').click();
    await person.dialog().getByText(malformed).waitFor();
    await person.button('Close').click();
    await person.dialog().waitFor({ state: 'detached' });
    await pasteByKeys(app.page, WAYS.typeset(refresh));
    await person
      .dialog()
      .getByText(/^Refresh for /)
      .waitFor();
    await gap.expectLeaseFrom(0);
    await person.button('Apply').click();
    await app.page.locator('.outcome .callout').waitFor();
    await gap.expectLeaseFrom(LEASE_DAYS - 5);

    // The seat is given up, and the application closed before the text of the receipt is taken.
    await person.button('Deactivate…').click();
    await person.confirm();
    await person.heading('Take the deactivation to the portal').waitFor();
    await app.restart();
    await person.resume();
    const deactivation = await copyFromApplication(gap);
    await pasteText(page, WAYS.chatted(deactivation));
    await titled(page, 'The seat is free');
    expect(await activationList(portal, activationCode)).toContain('No device yet');
    await person.button('The portal has it…').click();
    await person.button('Yes, remove receipt').click();
    await person.code().waitFor();
    expect((await person.license()).offline.receipts).toEqual([]);
    gap.expectSilence();
    expect((await bench.calls.getEntitlement(entitlementId)).seatsUsed).toBe(0);
  });

  it('is recognised in the field for the activation code, and stays out of it', async () => {
    const gap = await startAirGap({ javaScript: true });
    const { app, person, portal, activationCode } = gap;
    const { page } = portal;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await person.makeRequest(activationCode, 'Silo');
    await pasteText(page, WAYS.typeset(await copyFromApplication(gap)));
    await titled(page, 'Your response is ready');
    const response = await answerCopied(page);
    await app.restart();

    // A code that is pasted there goes into the field, as does what is no token.
    await person.code().focus();
    await pasteByKeys(app.page, 'ORBIT-AAAA');
    await expect.poll(() => person.code().inputValue()).toBe('ORBIT-AAAA');
    await pasteByKeys(app.page, WAYS.forwarded(response));
    const question = person.dialog().getByText(/^Activation response for /);
    await question.waitFor();
    await person.button('Not now').click();
    await person.dialog().waitFor({ state: 'detached' });
    expect(await person.code().inputValue()).toBe('ORBIT-AAAA');
    expect((await person.license()).state).toBe('notActivated');

    await person.code().focus();
    await pasteByKeys(app.page, WAYS.chatted(response));
    await question.waitFor();
    await person.button('Apply').click();
    await person.heading(/ is active$/).waitFor();
    await gap.expectLeaseFrom(0);
    gap.expectSilence();
  });
});
