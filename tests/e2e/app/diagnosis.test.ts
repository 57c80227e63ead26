import { describe, expect, it, vi } from 'vitest';
import { diagnosisWords } from '../../../shared/messages/index.ts';
import { readSupportCode } from '../../../shared/support-code/support-code.ts';
import { describeCause } from '../../../shared/support/causes.ts';
import type { App } from '../../support/app.ts';
import { bytesIn } from '../../support/vault.ts';
import path from 'node:path';
import { startBench, type Bench } from './bench.ts';
import { personAt, plain } from './person.ts';

/* The diagnosis as a person meets it: the real window, the real server, and a fault that is really there. */

vi.setConfig({ testTimeout: 180_000 });

const { fine } = diagnosisWords('en');

/** Opens the diagnosis by the help page and waits for the verdict. @returns what stands at its top */
async function diagnose(app: App): Promise<string> {
  const person = personAt(app);
  await person.button('Help').click();
  await person.button('Find out why…').click();
  await person.button('Copy summary').waitFor();
  return plain(await app.page.locator('.diagnosis-verdict .callout').first().innerText());
}

async function activated(): Promise<{ readonly bench: Bench; readonly app: App; readonly id: string }> {
  const bench = await startBench();
  const { id, activationCode } = await bench.calls.createEntitlement();
  const app = await bench.launch();
  await personAt(app).becomeActive(activationCode);
  return { bench, app, id };
}

/** Records of the vault; the lock comes and goes with every look at the clock. */
const recordsOf = ({ dataDir }: Bench) => bytesIn(path.join(dataDir, 'vault'));

describe('the diagnosis in the window', () => {
  it('finds nothing where nothing is wrong, and changes nothing', async () => {
    const { bench, app } = await activated();
    const before = recordsOf(bench);
    expect(await diagnose(app)).toContain(fine);
    expect(recordsOf(bench)).toEqual(before);
    const text = await personAt(app).text();
    for (const name of ['Certificate of the server', 'Key of the server', 'Lease']) {
      expect(text).toContain(name);
    }
  });

  it('names a server that can’t be reached, and finds nothing once it is back', async () => {
    const { bench, app } = await activated();
    await bench.stopServer();
    // Asked for on the page of the license, it leads back there.
    const person = personAt(app);
    await person.openLicense();
    await person.button('Refresh').click();
    await person.button('Find out why…').click();
    await person.button('Copy summary').waitFor();
    await app.page.locator('.page-back .button').click();
    await person.heading(/^Lease$/).waitFor();
    const host = new URL(bench.url).host;
    const { sentence } = describeCause({ kind: 'reason', code: 'serverUnreachable', facts: { host } }, 'en');
    const verdict = await diagnose(app);
    expect(verdict).toContain(plain(sentence));
    expect(verdict).not.toContain(fine);
    await bench.startServer();
    await person.button('Check again').click();
    await app.page.getByText(fine).waitFor();
  });

  it('names a seat that was released, with the button that helps', async () => {
    const { bench, app, id } = await activated();
    for (const seat of (await bench.calls.listSeats(id)).items) {
      await bench.calls.manage('DELETE', `/activations/${seat.id}`);
    }
    const person = personAt(app);
    await person.openLicense();
    await person.button('Refresh').click();
    await person.heading('Activation').or(person.button('Activate again')).first().waitFor();
    const verdict = await diagnose(app);
    expect(verdict).toContain('The license server no longer knows the seat of this device');
    // What is read out on the telephone tells the same.
    const shown = await app.page.getByRole('region', { name: 'Support code' }).locator('.code').innerText();
    expect(readSupportCode(shown)?.facts.reasons[0]).toBe('seatReleased');
    await app.page.locator('.diagnosis-verdict').getByRole('button', { name: 'Activate again' }).click();
    await person.code().waitFor();
  });
});
