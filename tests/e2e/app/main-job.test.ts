import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatMoment } from '../../../renderer/format/intl.ts';
import { readableKey } from '../../../renderer/format/readable-key.ts';
import { describeReason } from '../../../shared/messages/index.ts';
import { DAY, subscription } from '../../integration/licensing-api/caller.ts';
import { startBench } from './bench.ts';
import { guard } from './guard.ts';
import { personAt, plain } from './person.ts';

/** Whole seconds, as a lease that went over the wire and back. */
const now = () => Math.floor(Date.now() / 1000) * 1000;

/** Calls of the Licensing API that the application has logged. */
function callsIn(logFile: string): number {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes('licensing api call')).length;
}

describe('the main job', () => {
  it('goes from the code to the features, over a restart without network and a refresh, to a free seat', async () => {
    const start = now();
    const bench = await startBench({ clock: start });
    const { id, activationCode } = await bench.calls.createEntitlement({
      seatCount: 1,
      offeringName: 'Orbit Studio Solo',
      features: [
        { key: 'timeline-editor', type: 'bool' },
        { key: 'plugin-sdk', type: 'bool', total: 0 },
        { key: 'render-nodes', type: 'elementPool', total: 10 },
      ],
    });
    const app = await bench.launch();
    const person = personAt(app);
    const shownLease = async () =>
      plain((await person.text()).match(/Lease ends on .*?[AP]M/)?.[0] ?? 'none');
    const words = (instant: number) => plain(`Lease ends on ${formatMoment('en', instant)}`);

    // Enter the code.
    await person.becomeActive(activationCode);
    await person.openLicense();
    const described = [
      'Active',
      readableKey('timeline-editor'),
      readableKey('plugin-sdk'),
      readableKey('render-nodes'),
      '0 of 10 in use',
      'Orbit Studio Solo',
    ];
    for (const part of described) expect(await person.text()).toContain(part);
    const before = await person.license();
    expect(before).toMatchObject({ state: 'active', activation: { leaseExpiry: start + 30 * DAY } });
    expect(await shownLease()).toBe(words(start + 30 * DAY));
    expect((await bench.calls.listSeats(id)).items).toMatchObject([
      { seatId: before.seatId, holdsSeat: true },
    ]);

    // Again, without network.
    await bench.stopServer();
    await app.close();
    const calls = callsIn(app.logFile);
    const door = await guard(Number(new URL(bench.url).port));
    await app.restart();
    await person.openLicense();
    for (const part of described) expect(await person.text()).toContain(part);
    expect(await person.license()).toMatchObject({ state: 'active', activation: before.activation });
    expect(await shownLease()).toBe(words(start + 30 * DAY));
    expect(door.knocks()).toBe(0);
    expect(callsIn(app.logFile)).toBe(calls);
    await door.end();

    // The lease moves.
    await bench.startServer({ clock: start + 3 * DAY });
    expect(await person.refresh()).toBe(
      plain(`Refreshed. Lease now ends on ${formatMoment('en', start + 33 * DAY)}.`),
    );
    expect((await person.license()).activation?.leaseExpiry).toBe(start + 33 * DAY);
    expect(await shownLease()).toBe(words(start + 33 * DAY));
    expect((await bench.calls.listSeats(id)).items).toMatchObject([
      { leaseExpiry: new Date(start + 33 * DAY).toISOString() },
    ]);

    // Nothing happens before it was confirmed.
    await person.button('Deactivate…').click();
    await person.heading(/^Deactivate .* on this device\?$/).waitFor();
    await person.button('Cancel').click();
    expect((await person.license()).state).toBe('active');
    expect((await bench.calls.listSeats(id)).total).toBe(1);

    // The seat is free.
    await person.deactivate();
    const { state, reasons } = await person.license();
    expect(state).toBe('notActivated');
    const [leading] = reasons;
    expect(leading?.code).toBe('deactivated');
    const { sentence, nextAction } = describeReason(leading ?? { code: 'neverActivated' }, 'en');
    expect(sentence).toContain('its seat is free');
    expect(await person.text()).toContain(plain(`${sentence} ${nextAction}`));
    expect(await bench.calls.listSeats(id)).toMatchObject({ total: 0, items: [] });
    expect((await bench.calls.getEntitlement(id)).seatsUsed).toBe(0);
    // Somebody else gets it, so it is free in truth.
    await bench.calls.takeSeat(activationCode, 'another-device');
  });

  it('begins again after a deactivation, also in the next run', async () => {
    const bench = await startBench();
    const { id, activationCode } = await bench.calls.createEntitlement({
      features: [{ key: 'export-4k', type: 'bool' }],
    });
    const app = await bench.launch();
    const person = personAt(app);
    await person.becomeActive(activationCode);
    await person.openLicense();
    await person.deactivate();
    await app.restart();
    expect(await person.text()).toContain('its seat is free');
    await person.becomeActive(activationCode);
    expect(await person.text()).toContain(readableKey('export-4k'));
    await app.restart();
    expect((await person.license()).state).toBe('active');
    expect((await bench.calls.listSeats(id, '?includeEnded=true')).items).toMatchObject([
      { holdsSeat: true },
      { holdsSeat: false, ended: 'deactivated' },
    ]);
  });

  it('shows what was bought later at the next check, and leaves the lease alone', async () => {
    const start = now();
    const bench = await startBench({ clock: start });
    const { id, activationCode } = await bench.calls.createEntitlement({
      plan: subscription('EntitlementCreation'),
    });
    const person = personAt(await bench.launch());
    await person.becomeActive(activationCode);
    const before = (await person.license()).activation;
    await person.openLicense();
    await bench.calls.change(id, 'renew');
    bench.server.setClock(start + DAY);
    await person.button('Check status').click();
    await person.heading('Lease').waitFor();
    await expect.poll(() => person.text()).toContain('Checked. What you see here is up to date.');
    const after = (await person.license()).activation;
    expect(after?.leaseExpiry).toBe(before?.leaseExpiry);
    expect(after?.entitlement.expiry).toBeGreaterThan((before?.entitlement.expiry ?? 0) + 300 * DAY);
  });
});

describe('a copy of the installation on the same device', () => {
  it('has the same seat, and the first one says that it was taken over', async () => {
    const bench = await startBench();
    const { id, activationCode } = await bench.calls.createEntitlement({ seatCount: 1 });
    const first = personAt(await bench.launch());
    await first.becomeActive(activationCode);
    await first.openLicense();
    const second = personAt(await bench.launch({ dataDir: bench.folder('copy') }));
    await second.becomeActive(activationCode);
    expect((await second.license()).seatId).toBe((await first.license()).seatId);
    expect((await bench.calls.listSeats(id)).total).toBe(1);

    await first.button('Refresh').click();
    const taken = describeReason({ code: 'seatLostToClone' }, 'en');
    await expect.poll(() => first.text()).toContain(plain(taken.sentence));
    expect(await first.text()).toContain(plain(taken.nextAction));
    expect((await first.license()).state).toBe('notActivated');
    // The second one keeps working.
    await second.openLicense();
    expect(await second.refresh()).toContain('Refreshed.');
  });
});
