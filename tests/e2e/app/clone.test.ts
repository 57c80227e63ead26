import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { describeReason } from '../../../shared/messages/index.ts';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { jsonOf, latchkey } from '../../integration/cli/command.ts';
import { startBench, type Bench } from './bench.ts';
import { personAt, plain } from './person.ts';

/** What window and command line say of a copy of the installation: on this machine its hardware is the same. */

/** Copies the folder of the first installation as it is, as with the image of a machine. */
function copyOf(bench: Bench): string {
  const copy = bench.folder('copy');
  cpSync(bench.dataDir, copy, { recursive: true });
  return copy;
}

async function sold(bench: Bench) {
  const { id, activationCode } = await bench.calls.createEntitlement({ seatCount: 1 });
  return { code: activationCode, seats: async () => (await bench.calls.listSeats(id)).total };
}

/** The command on a data folder. */
const commands = (bench: Bench, dataDir: string) => {
  const run = (...args: readonly string[]) =>
    latchkey(['--profile', bench.profile, '--data', dataDir, ...args]);
  return { run, reasons: async () => codesOf(jsonOf(await run('status', '--json'))['reasons']) };
};

const codesOf = (reasons: unknown): readonly string[] =>
  v.parse(v.array(v.object({ code: v.string() })), reasons).map(({ code }) => code);

describe('a copied data folder on identical hardware', () => {
  it('is told in its window that the seat was lost, and the first keeps working', async () => {
    const bench = await startBench();
    const { code, seats } = await sold(bench);
    const before = await bench.launch();
    await personAt(before).becomeActive(code);
    await before.close();
    const dataDir = copyOf(bench);

    const first = personAt(await bench.launch());
    const second = personAt(await bench.launch({ dataDir }));
    await first.openLicense();
    expect(await first.refresh()).toContain('Refreshed.');
    // Until it asks the server it can't know.
    await second.openLicense();
    expect((await second.license()).state).toBe('active');
    await second.button('Refresh').click();
    await expect.poll(async () => (await second.license()).state).toBe('notActivated');
    const lost = (await second.license()).reasons.find(({ code: reason }) => reason === 'seatLostToClone');
    const { sentence, nextAction } = describeReason(lost ?? { code: 'deactivated' }, 'en');
    expect(lost).toBeDefined();
    await expect.poll(() => second.text()).toContain(plain(sentence));
    expect(await second.text()).toContain(plain(nextAction));

    expect(await first.refresh()).toContain('Refreshed.');
    expect((await first.license()).state).toBe('active');
    expect(await seats()).toBe(1);
  });

  it('is told by the command line, and the window of the first keeps working', async () => {
    await ensureBuilt(['cli']);
    const bench = await startBench();
    const { code, seats } = await sold(bench);
    const app = await bench.launch();
    const first = personAt(app);
    await first.becomeActive(code);
    const copy = commands(bench, copyOf(bench));
    await first.openLicense();
    expect(await first.refresh()).toContain('Refreshed.');

    expect(await copy.run('refresh')).toMatchObject({ exit: 22, out: '' });
    expect(await copy.reasons()).toContain('seatLostToClone');
    // It does not take the seat back by itself, however often it is started.
    expect((await copy.run('refresh')).exit).not.toBe(0);
    expect(await first.refresh()).toContain('Refreshed.');
    expect(await seats()).toBe(1);
  });
});

describe('a backup that is restored on the same machine', () => {
  it('is called a backup where that can be told, and no clone', async () => {
    await ensureBuilt(['cli']);
    const bench = await startBench();
    const { code } = await sold(bench);
    const app = commands(bench, bench.dataDir);
    const activate = () =>
      latchkey(['--profile', bench.profile, '--data', bench.dataDir, 'activate', '--code-file', '-'], {
        stdin: `${code}\n`,
      });
    expect(await activate()).toMatchObject({ exit: 0, err: '' });
    const dataDir = copyOf(bench);
    expect(await app.run('refresh')).toMatchObject({ exit: 0, err: '' });

    // The vault alone: the witness lies apart from it and stays.
    const vault = path.join(bench.dataDir, 'vault');
    rmSync(vault, { recursive: true });
    cpSync(path.join(dataDir, 'vault'), vault, { recursive: true });
    expect((await app.run('refresh')).exit).not.toBe(0);
    const told = await app.reasons();
    expect(told).toContain('vaultOutdated');
    expect(told).not.toContain('seatLostToClone');
    expect(await activate()).toMatchObject({ exit: 0, err: '' });
    expect(await app.run('refresh')).toMatchObject({ exit: 0, err: '' });
  });
});
