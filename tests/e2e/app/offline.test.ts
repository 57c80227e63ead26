import { describe, expect, it } from 'vitest';
import { formatMoment } from '../../../renderer/format/intl.ts';
import { describeFailure } from '../../../shared/messages/index.ts';
import { DAY } from '../../integration/licensing-api/caller.ts';
import { startBench } from './bench.ts';
import { daysLater, offlinePersonAt, read } from './offline-person.ts';
import { openPortal } from './offline-portal.ts';
import { plain } from './person.ts';

const LEASE = 30 * DAY;
/** Whole seconds, as a lease that went over the wire and back. */
const now = () => Math.floor(Date.now() / 1000) * 1000;

async function twoDevices() {
  const start = now();
  const bench = await startBench({ clock: start });
  const { id, activationCode } = await bench.calls.createEntitlement({
    offlineLeasePeriod: { type: 'Day', count: 30 },
    features: [{ key: 'timeline-editor', type: 'bool' }],
  });
  const usb = bench.folder('usb');
  const app = await bench.launch({ env: { LATCHKEY_HOST_SAVE_TO: usb } });
  const portal = await openPortal(bench.url, usb);
  const later = (days: number) => ({ env: { LATCHKEY_HOST_SAVE_TO: usb, ...daysLater(days) } });
  return { later, start, bench, id, activationCode, usb, app, portal, person: offlinePersonAt(app, usb) };
}

describe('without a network', () => {
  it('goes from the request by files over days to active, refreshed, and a free seat', async () => {
    const { later, start, bench, id, activationCode, app, portal, person } = await twoDevices();
    const words = (instant: number) => plain(`Lease ends on ${formatMoment('en', instant)}`);

    // The request, and what is said about it.
    await person.makeRequest(activationCode, 'Bench 4');
    const request = await person.save();
    expect(read(request)).toMatch(/^-----BEGIN LATCHKEY ACTIVATION REQUEST-----\n/);
    expect(read(request)).not.toContain(activationCode);
    const said = await person.text();
    for (const part of ['Bench 4', `${bench.url}/portal`, 'Nobody who carries it or finds it can read it.']) {
      expect(said).toContain(part);
    }
    expect(await app.page.content()).not.toContain(activationCode);
    await app.close();

    // A day later, on another device.
    bench.server.setClock(start + DAY);
    const response = await portal.exchange(request);
    await bench.stopServer();

    // Back, with no server anywhere: the request is still open.
    await app.restart(later(1));
    await person.resume();
    await person.heading('Step 3: Bring the response back').waitFor();
    expect(await person.text()).toContain('Made yesterday at');
    await person.choose(response);
    await person.heading(/ is active$/).waitFor();
    const active = await person.license();
    expect(active).toMatchObject({
      state: 'active',
      activation: { mode: 'offline', seatName: 'Bench 4', leaseExpiry: start + DAY + LEASE },
      offline: { requests: [], receipts: [] },
    });
    await person.openLicense();
    expect(await person.text()).toContain(words(start + DAY + LEASE));

    // The lease moves by a file that is dropped on whatever is open, after a question.
    await bench.startServer({ clock: start + 10 * DAY });
    const refresh = await portal.fetchRefresh(activationCode);
    await bench.stopServer();
    await app.restart(later(10));
    await person.button('Settings').click();
    await person.drop(read(refresh), 'anything.txt');
    await person
      .dialog()
      .getByText(/^Refresh for /)
      .waitFor();
    expect((await person.license()).activation?.leaseExpiry).toBe(start + DAY + LEASE);
    await person.button('Apply').click();
    await app.page.locator('.outcome .callout').waitFor();
    expect(await person.text()).toContain(
      plain(`Refreshed. Lease now ends on ${formatMoment('en', start + 10 * DAY + LEASE)}.`),
    );
    expect((await person.license()).activation?.leaseExpiry).toBe(start + 10 * DAY + LEASE);

    // A second time it is refused, on the page for it too, and changes nothing.
    await person.button('Refresh with a file…').click();
    await person.choose(refresh);
    expect(await person.zoneSays()).toContain(describeFailure({ code: 'tokenReplayed' }, 'en').sentence);
    expect((await person.license()).activation?.leaseExpiry).toBe(start + 10 * DAY + LEASE);

    // Deactivated at once, with a receipt that outlives a restart.
    await app.page.locator('.page-back .button').click();
    await person.button('Deactivate…').click();
    await app.page.getByText('The seat is free only when the portal has that file.').waitFor();
    await person.confirm();
    await person.heading('Take the deactivation to the portal').waitFor();
    await person.button('Save file…').waitFor();
    expect(await person.license()).toMatchObject({ state: 'notActivated', activation: null });
    await app.restart(later(11));
    await person.resume();
    const deactivation = await person.save();

    // The seat is taken until the portal has it.
    await bench.startServer({ clock: start + 11 * DAY });
    expect((await bench.calls.getEntitlement(id)).seatsUsed).toBe(1);
    expect(await portal.deactivate(deactivation)).toBe('The seat is free');
    expect((await bench.calls.getEntitlement(id)).seatsUsed).toBe(0);
    expect((await person.license()).offline.receipts).toHaveLength(1);
    await person.button('The portal has it…').click();
    await person.button('Yes, remove receipt').click();
    await person.code().waitFor();
    expect((await person.license()).offline.receipts).toEqual([]);
  });

  it('asks before a file is applied that was opened from outside, and nothing happens without a yes', async () => {
    const { app, bench, activationCode, portal, person } = await twoDevices();
    await person.makeRequest(activationCode, 'Bench 4');
    const response = await portal.exchange(await person.save());
    await bench.stopServer();
    await app.restart({ args: [response] });
    await person
      .dialog()
      .getByText(/^Activation response for /)
      .waitFor();
    await person.button('Not now').click();
    await person.dialog().waitFor({ state: 'detached' });
    expect((await person.license()).state).toBe('notActivated');

    await app.restart({ args: [response] });
    await person
      .dialog()
      .getByText(/^Activation response for /)
      .waitFor();
    await person.button('Apply').click();
    await person.heading(/ is active$/).waitFor();
    expect((await person.license()).activation?.mode).toBe('offline');
  });
});

/** What a mail program makes of a text that somebody answers to. */
/** In a short line nobody can tell which dash was two hyphens, so the last one is spared. */
const dashed = (line: string) =>
  line.length === 64 || line.startsWith('-----') ? line.replaceAll('--', '–') : line;

const mangled = (text: string) =>
  `\ufeffOn Monday somebody wrote:\r\n${text
    .split('\n')
    .map((line) => `> ${dashed(line)}`)
    .join('\r\n')}\r\n\r\nRegards`;

describe('a token as text', () => {
  it('that a mail program has mangled is recognised in the field for the code, and stays out of it', async () => {
    const { app, bench, activationCode, portal, person } = await twoDevices();
    await person.makeRequest(activationCode, 'Bench 4');
    const response = await portal.exchange(await person.save());
    await bench.stopServer();
    await app.restart();
    await person.code().focus();
    await person.paste(mangled(read(response)));
    await person
      .dialog()
      .getByText(/^Activation response for /)
      .waitFor();
    await person.button('Not now').click();
    await person.dialog().waitFor({ state: 'detached' });
    expect(await person.code().inputValue()).toBe('');

    // In the zone's own field it is applied at once.
    await person.resume();
    await app.page.getByLabel('Or paste it as text').fill(mangled(read(response)));
    await person.heading(/ is active$/).waitFor();
  });
});

describe('what is wrong with what was brought', () => {
  it('is said, each by itself, and costs nothing: the right response works after all of them', async () => {
    const { app, bench, activationCode, portal, person, usb } = await twoDevices();
    await person.makeRequest(activationCode, 'Bench 4');
    const request = await person.save();
    const response = await portal.exchange(request);

    // Another installation, with another request.
    const entitlement = await bench.calls.createEntitlement({
      offlineLeasePeriod: { type: 'Day', count: 30 },
    });
    const second = await bench.launch({
      dataDir: bench.folder('second'),
      env: { LATCHKEY_HOST_SAVE_TO: bench.folder('usb') },
    });
    const other = offlinePersonAt(second, usb);
    await other.makeRequest(entitlement.activationCode, 'Bench 5');
    const foreign = await portal.exchange(await other.save());
    await second.close();
    await bench.stopServer();

    const sentence = (code: Parameters<typeof describeFailure>[0]['code']) =>
      plain(describeFailure({ code }, 'en').sentence);
    const zone = '[data-token-zone]';
    await person.button('I have the response').click();
    await person.drop(read(foreign), 'response.lkresponse', zone);
    expect(await person.zoneSays()).toContain(sentence('tokenForOtherDevice'));

    await person.drop(read(request), 'request.lkrequest', zone);
    await expect.poll(() => person.zoneSays()).toContain('This is a request file');

    const middle = Math.floor(read(response).length / 2);
    const damaged = `${read(response).slice(0, middle)}A${read(response).slice(middle + 1)}`;
    const flipped =
      damaged === read(response)
        ? `${read(response).slice(0, middle)}B${read(response).slice(middle + 1)}`
        : damaged;
    await person.drop(flipped, 'response.lkresponse', zone);
    await expect.poll(() => person.zoneSays()).toContain(sentence('tokenMalformed'));

    await person.drop(read(response).slice(0, 400), 'response.lkresponse', zone);
    await expect.poll(() => person.zoneSays()).toContain(sentence('tokenMalformed'));

    await person.drop('x'.repeat(70_000), 'film.bin', zone);
    await expect.poll(() => person.zoneSays()).toContain(sentence('tokenTooLarge'));

    expect((await person.license()).state).toBe('notActivated');
    await person.drop(read(response), 'response.lkresponse', zone);
    await person.heading(/ is active$/).waitFor();

    // Its own request goes out and not in, wherever it is dropped.
    await person.drop(read(request), 'request.lkrequest');
    await person.dialog().getByText('This is a request file').waitFor();
    expect((await person.license()).state).toBe('active');
    expect(app.page.url()).toMatch(/^app:|^https:/);
  });
});
