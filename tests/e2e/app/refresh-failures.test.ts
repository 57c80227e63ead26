import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure, type ErrorCode } from '../../../shared/errors.ts';
import type { Facts } from '../../../shared/facts.ts';
import { describeFailure, describeReason } from '../../../shared/messages/index.ts';
import { bytesIn } from '../../support/vault.ts';
import { startBench, type Bench } from './bench.ts';
import { personAt, plain } from './person.ts';

/** A connection that can't be made: the license goes on as if nobody had tried. */
interface Outage {
  readonly what: string;
  readonly code: ErrorCode;
  readonly facts?: Facts;
  readonly begin: (bench: Bench) => Promise<unknown>;
  readonly end: (bench: Bench) => Promise<unknown>;
}

const OUTAGES: readonly Outage[] = [
  {
    what: 'a server that is down',
    code: 'serverUnreachable',
    begin: (bench) => bench.stopServer(),
    end: (bench) => bench.startServer(),
  },
  {
    what: 'a wrong pin',
    code: 'pinMismatch',
    facts: { issuer: 'Latchkey reference CA' },
    begin: ({ server }) => server.setCertificate('newKey'),
    end: ({ server }) => server.setCertificate('valid'),
  },
  {
    what: 'an unknown authority',
    code: 'certificateUntrusted',
    facts: { issuer: 'Some other CA' },
    begin: ({ server }) => server.setCertificate('otherCa'),
    end: ({ server }) => server.setCertificate('valid'),
  },
];

const vaultOf = (bench: Bench) => bytesIn(path.join(bench.dataDir, 'vault'));

async function activated(bench: Bench) {
  const { id, activationCode } = await bench.calls.createEntitlement({
    seatCount: 1,
    features: [{ key: 'export-4k', type: 'bool' }],
  });
  const app = await bench.launch();
  const person = personAt(app);
  await person.becomeActive(activationCode);
  await person.openLicense();
  return { id, activationCode, app, person };
}

describe('an active license', () => {
  const named = OUTAGES.map((outage) => [outage.what, outage] as const);
  it.each(named)('outlives %s, and the vault is as it was', async (_what, { code, facts, begin, end }) => {
    const bench = await startBench();
    const { id, person } = await activated(bench);
    const before = vaultOf(bench);
    const known = await person.license();
    await begin(bench);
    const { sentence, nextAction } = describeFailure(
      failure(code, { host: new URL(bench.url).host, ...facts }),
      'en',
    );

    expect(await person.refresh()).toBe(plain(`${sentence} ${nextAction}`));
    expect(vaultOf(bench)).toEqual(before);
    expect(await person.license()).toMatchObject({ state: 'active', activation: known.activation });

    await person.button('Deactivate…').click();
    await person.confirm();
    expect(await person.alert()).toBe(plain(`${sentence} ${nextAction}`));
    // Nothing was sent, so the seat is ours and the license stays.
    expect((await person.license()).state).toBe('active');
    expect(vaultOf(bench)).toEqual(before);

    await end(bench);
    expect((await bench.calls.listSeats(id)).total).toBe(1);
    await person.confirm();
    await person.code().waitFor();
    expect((await bench.calls.listSeats(id)).total).toBe(0);
  });

  it('finds its way back after an answer that nobody could read', async () => {
    const bench = await startBench();
    const { id, person } = await activated(bench);
    bench.server.faults.next({ kind: 'malformedJson' }, 'refreshActivation');
    const { sentence } = describeFailure(failure('answerMalformed', { host: new URL(bench.url).host }), 'en');
    expect(await person.refresh()).toContain(plain(sentence));
    expect((await person.license()).state).toBe('active');
    // The server has gone on to a nonce that never arrived.
    await person.button('Refresh').click();
    await expect.poll(() => person.text()).toContain('Refreshed.');
    expect((await bench.calls.listSeats(id, '?includeEnded=true')).total).toBe(1);
  });

  it('frees its seat although the answer about it was lost', async () => {
    const bench = await startBench();
    const { id, person } = await activated(bench);
    bench.server.faults.next({ kind: 'cutAfter' }, 'deactivate');
    await person.button('Deactivate…').click();
    await person.confirm();
    await person.alert();
    expect((await bench.calls.listSeats(id)).total).toBe(0);
    await person.confirm();
    await person.code().waitFor();
    expect((await person.license()).state).toBe('notActivated');
  });

  it('is not usable once the vendor has switched it off, says why, and is again when it is switched on', async () => {
    const bench = await startBench();
    const { id, person } = await activated(bench);
    await bench.calls.change(id, 'disable');
    await person.button('Refresh').click();
    const { sentence, nextAction } = describeReason({ code: 'entitlementDisabled' }, 'en');
    await expect.poll(() => person.text()).toContain(plain(nextAction));
    expect(await person.text()).toContain(plain(sentence));
    expect((await person.license()).state).toBe('entitlementNotActive');
    await bench.calls.change(id, 'enable');
    await person.button('Check status').first().click();
    await expect.poll(async () => (await person.license()).state).toBe('active');
  });

  it('is told that its seat was released, and takes it again with the code', async () => {
    const bench = await startBench();
    const { id, activationCode, person } = await activated(bench);
    await bench.calls.change(id, 'reset');
    await person.button('Refresh').click();
    const { sentence } = describeReason({ code: 'seatReleased', facts: { at: Date.now() } }, 'en');
    await expect.poll(() => person.text()).toContain(plain(sentence));
    expect((await person.license()).state).toBe('notActivated');
    await person.button('Activate again').first().click();
    await person.becomeActive(activationCode);
    expect((await bench.calls.listSeats(id)).total).toBe(1);
  });
});
