import { describe, expect, it } from 'vitest';
import { describeReason } from '../../../shared/messages/index.ts';
import type { ReasonCode } from '../../../shared/license/reasons.ts';
import { plain } from '../app/person.ts';
import { LEASE_DAYS, startAirGap, type AirGap } from './air-gap.ts';
import { openPhone, picturesInApplication, picturesInPortal, savedPictures, shuffled } from './camera.ts';
import { activationList, bringPictures, bringText, titled } from './portal-steps.ts';

/** Eight starts of the application, and two dozen photographs, on a machine that has other work too. */
const LONG = { timeout: 300_000 };

/** Turns what is to be carried to the portal to its QR codes. */
async function showCodes({ app }: AirGap): Promise<void> {
  await app.page.getByRole('tab', { name: 'QR codes' }).click();
  await app.page.locator('.code-series .qr-code').waitFor();
}

/** The sentence about a reason that the license has now. */
async function sentenceOf({ person }: AirGap, code: ReasonCode): Promise<string> {
  const found = (await person.license()).reasons.find((each) => each.code === code);
  if (found === undefined) throw new Error(`The license has no reason ${code}`);
  return plain(describeReason(found, 'en').sentence);
}

describe('QR codes alone, taken with a camera', () => {
  it(
    'carry everything over the air gap: request, response, refresh and deactivation, over months',
    LONG,
    async () => {
      const gap = await startAirGap({ javaScript: true });
      const { app, person, portal, bench, activationCode, entitlementId } = gap;
      const { page } = portal;
      const phone = await openPhone(page, bench.folder('phone'));
      const camera = async (files: Promise<string[]>) => await phone.photograph(await files);

      // The request goes out, and the application is closed.
      await person.makeRequest(activationCode, 'Pump house');
      await showCodes(gap);
      const request = await camera(picturesInApplication(app.page, bench.folder('request')));
      expect(request.length).toBeGreaterThan(1);
      await app.close();

      // The portal answers.
      await bringPictures(page, shuffled(request));
      await titled(page, 'Your response is ready');
      await page.getByRole('link', { name: 'Show as QR codes' }).click();
      const response = await camera(picturesInPortal(page, bench.folder('response')));
      expect(response.length).toBeGreaterThan(request.length);

      // A day later all pictures but two are given, then one of them, then the last.
      await gap.cameBackAfter(1);
      await person.resume();
      const [second, fifth] = [response[1] ?? '', response[4] ?? ''];
      await person.choose(shuffled(response.filter((file) => file !== second && file !== fifth)));
      await expect
        .poll(person.zoneSays)
        .toContain(`${response.length - 2} of ${response.length} QR codes read`);
      expect(await person.zoneSays()).toMatch(/Still missing: 2 and 5\. /);
      await person.choose([fifth]);
      await expect.poll(person.zoneSays).toContain('Still missing: 2.');
      expect((await person.license()).state).toBe('notActivated');
      await person.choose([second]);
      await person.heading(/ is active$/).waitFor();
      expect(await person.license()).toMatchObject({
        state: 'active',
        activation: { mode: 'offline', seatName: 'Pump house' },
        offline: { requests: [] },
      });
      await gap.expectLeaseFrom(0);
      expect((await person.license()).reasons.map(({ code }) => code)).not.toContain('leaseEndsSoon');

      // Near the end the window says so, and that a file of the portal helps.
      await gap.cameBackAfter(LEASE_DAYS - 3);
      await person.openLicense();
      expect((await person.license()).state).toBe('active');
      expect(await person.text()).toContain(await sentenceOf(gap, 'leaseEndsSoon'));
      expect(await person.text()).toContain(await sentenceOf(gap, 'offlineLease'));

      // The refresh.
      await portal.fetchRefresh(activationCode);
      await page.getByRole('link', { name: 'Show as QR codes' }).click();
      const refresh = await camera(picturesInPortal(page, bench.folder('refresh')));
      await app.restart();
      await person.openLicense();
      await person.button('Refresh with a file…').click();
      await person.choose(shuffled(refresh));
      await app.page.locator('.outcome .callout').waitFor();
      await gap.expectLeaseFrom(LEASE_DAYS - 3);
      expect((await person.license()).reasons.map(({ code }) => code)).not.toContain('leaseEndsSoon');

      // A month after the first lease would have ended, the device gives its seat up.
      await gap.cameBackAfter(LEASE_DAYS + 20);
      await person.openLicense();
      expect((await person.license()).state).toBe('active');
      await person.button('Deactivate…').click();
      await person.confirm();
      await person.heading('Take the deactivation to the portal').waitFor();
      expect(await person.license()).toMatchObject({ state: 'notActivated', activation: null });
      await app.restart();
      await person.resume();
      await showCodes(gap);
      const deactivation = await camera(picturesInApplication(app.page, bench.folder('deactivation')));
      expect(await activationList(portal, activationCode)).toContain('Pump house');
      await bringPictures(page, deactivation);
      await titled(page, 'The seat is free');

      // The receipt goes when the person says so.
      expect((await person.license()).offline.receipts).toHaveLength(1);
      await person.button('The portal has it…').click();
      await person.button('Yes, remove receipt').click();
      await person.code().waitFor();
      expect((await person.license()).offline.receipts).toEqual([]);
      expect(await activationList(portal, activationCode)).toContain('No device yet');
      gap.expectSilence();
      expect((await bench.calls.getEntitlement(entitlementId)).seatsUsed).toBe(0);
      await bench.calls.takeSeat(activationCode, 'another-device');
    },
  );
});

describe('QR codes that a phone has read', () => {
  it('are pasted as texts into a portal without JavaScript, and its saved pictures come back', async () => {
    const gap = await startAirGap({ javaScript: false });
    const { app, person, portal, bench, activationCode, entitlementId } = gap;
    const { page } = portal;
    const phone = await openPhone(page, bench.folder('phone'));
    await person.makeRequest(activationCode, 'Silo');
    await showCodes(gap);
    const texts = await phone.scan(await picturesInApplication(app.page, bench.folder('request')));
    await app.close();

    // One is forgotten at first; what was pasted is still there.
    await bringText(page, texts.slice(1).join('\n'));
    const alert = page.getByRole('alert');
    await alert.getByText('Some QR codes are missing').waitFor();
    expect(plain(await alert.innerText())).toContain(`Of ${texts.length} codes, 1 is still to be scanned.`);
    const field = page.getByLabel('Or paste it as text');
    expect(await field.inputValue()).toContain(texts[1]);
    await field.fill(`${await field.inputValue()}\n${texts[0] ?? ''}`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await titled(page, 'Your response is ready');
    await page.getByRole('link', { name: 'Show as QR codes' }).click();
    await page.getByText('Latchkey on the device reads the pictures, in any order.').waitFor();
    const answers = await savedPictures(page, bench.folder('response'));

    await app.restart();
    await person.resume();
    await person.choose(shuffled(answers));
    await person.heading(/ is active$/).waitFor();
    await gap.expectLeaseFrom(0);
    gap.expectSilence();
    expect(await bench.calls.listSeats(entitlementId)).toMatchObject({
      total: 1,
      items: [{ seatName: 'Silo', mode: 'offline' }],
    });
    await gap.cameBackAfter(LEASE_DAYS + 1);
    await person.openLicense();
    expect((await person.license()).state).toBe('leaseExpired');
    expect(await person.text()).toContain(await sentenceOf(gap, 'leaseExpired'));
  });
});
