import { describe, expect, it } from 'vitest';
import { en } from '../../../renderer/strings/en.ts';
import { startAgain } from '../../support/second-instance.ts';
import { startBench, type Bench } from './bench.ts';
import { personAt } from './person.ts';

const linkTo = (productId: string, code: string) =>
  `latchkey://activate?product=${productId}&code=${code.toLowerCase()}`;

/** A server that tells how often it was asked by anybody but the Management API. */
async function startCountingBench(): Promise<{ readonly bench: Bench; readonly asked: () => number }> {
  const lines: string[] = [];
  const bench = await startBench({ logLevel: 'info', writeLog: (line) => lines.push(line) });
  const isOurs = (line: string) =>
    /"operation":"(?:activate|deactivate|\w*Activation|getEntitlement)"/.test(line);
  return { bench, asked: () => lines.filter(isOurs).length };
}

describe('a link from outside', () => {
  it('that starts the application fills the form in and sends nothing until the person does', async () => {
    const { bench, asked } = await startCountingBench();
    const { id, activationCode } = await bench.calls.createEntitlement({ seatCount: 1 });
    const app = await bench.launch({ args: [linkTo(bench.server.productId, activationCode)] });
    const person = personAt(app);
    await expect.poll(() => person.code().inputValue()).toBe(activationCode);
    expect(await person.text()).toContain(en['activate.fromLink']);
    expect(await person.text()).toContain(en['activate.fromLinkNext']);
    expect((await person.license()).state).toBe('notActivated');
    expect(asked()).toBe(0);
    expect((await bench.calls.listSeats(id)).total).toBe(0);
    await person.button('Activate').click();
    await person.heading(/ is active$/).waitFor();
    expect(asked()).toBeGreaterThan(0);
    expect((await bench.calls.listSeats(id)).total).toBe(1);
  });

  it('that arrives later comes from a second instance, which ends, into the window of the first', async () => {
    const { bench, asked } = await startCountingBench();
    const { activationCode } = await bench.calls.createEntitlement();
    const app = await bench.launch();
    const person = personAt(app);
    await person.code().waitFor();
    await person.button('Settings').click();
    const link = linkTo(bench.server.productId, activationCode);
    expect(await startAgain(app, ['--profile', bench.profile, '--data', bench.dataDir, link])).toBe(0);
    await expect.poll(() => person.code().inputValue()).toBe(activationCode);
    expect(await person.text()).toContain(en['activate.fromLink']);
    expect(asked()).toBe(0);
    // What the person types is the person's.
    await person.code().fill('');
    await person.code().pressSequentially('ORBIT');
    expect(await person.text()).not.toContain(en['activate.fromLink']);
  });

  it('changes nothing about a license that is active, and says so', async () => {
    const { bench, asked } = await startCountingBench();
    const [first, second] = [await bench.calls.createEntitlement(), await bench.calls.createEntitlement()];
    const app = await bench.launch();
    const person = personAt(app);
    await person.becomeActive(first.activationCode);
    await person.openLicense();
    const before = await person.license();
    const calls = asked();
    const link = linkTo(bench.server.productId, second.activationCode);
    expect(await startAgain(app, ['--profile', bench.profile, '--data', bench.dataDir, link])).toBe(0);
    await expect.poll(() => person.text()).toContain(en['link.nothingDone']);
    expect(await person.text()).not.toContain(second.activationCode);
    expect(await person.license()).toEqual(before);
    expect(asked()).toBe(calls);
    expect((await bench.calls.listSeats(second.id)).total).toBe(0);
  });

  it('with anything in it that is not a code is not followed', async () => {
    const { bench, asked } = await startCountingBench();
    const app = await bench.launch({ args: ['latchkey://activate?code=ORBIT-AAAA-AAAA&go=now'] });
    const person = personAt(app);
    await person.code().waitFor();
    await person.snapshot();
    expect(await person.code().inputValue()).toBe('');
    expect(await person.text()).not.toContain(en['activate.fromLink']);
    expect(asked()).toBe(0);
  });

  it('is not needed to start the application twice: the second instance ends and the first goes on', async () => {
    const { bench } = await startCountingBench();
    const app = await bench.launch();
    const person = personAt(app);
    await person.code().fill('ORBIT-AAAA');
    expect(await startAgain(app, ['--profile', bench.profile, '--data', bench.dataDir])).toBe(0);
    await person.snapshot();
    expect(await person.code().inputValue()).toBe('ORBIT-AAAA');
  });
});
