import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startBench, type Bench } from '../../e2e/app/bench.ts';
import { personAt } from '../../e2e/app/person.ts';

/** Window and command line on one data folder. Both without a keyring, so that they have the vault's key in common. */

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** A window looks every 15 seconds. */
const LOOK = { timeout: 30_000 };

async function latchkey(bench: Bench, ...command: readonly string[]): Promise<unknown> {
  const args = ['--profile', bench.profile, '--data', bench.dataDir, ...command, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [
    path.join(ROOT, 'dist/cli/latchkey.js'),
    ...args,
  ]);
  return JSON.parse(stdout);
}

describe('a window beside the command line', () => {
  it('shows at its next look what the other one did, and goes on from there', async () => {
    const bench = await startBench();
    const { id, activationCode } = await bench.calls.createEntitlement({ seatCount: 1 });
    const person = personAt(await bench.launch());
    await person.becomeActive(activationCode);
    await person.openLicense();
    // The nonce goes from one to the other and back.
    expect(await latchkey(bench, 'refresh')).toMatchObject({ state: 'active' });
    expect(await person.refresh()).toContain('Refreshed.');
    expect(await latchkey(bench, 'deactivate')).toMatchObject({ state: 'notActivated' });
    expect((await bench.calls.listSeats(id)).total).toBe(0);
    await expect.poll(() => person.text(), LOOK).toContain('its seat is free');
  });

  it('can use the license at the same time as the other one, and none is taken for a copy', async () => {
    const bench = await startBench();
    const { id, activationCode } = await bench.calls.createEntitlement({ seatCount: 1 });
    const person = personAt(await bench.launch());
    await person.becomeActive(activationCode);
    await person.openLicense();
    const [, ...states] = await Promise.all([
      person.refresh(),
      latchkey(bench, 'refresh'),
      latchkey(bench, 'refresh'),
    ]);
    for (const state of states) expect(state).toMatchObject({ state: 'active' });
    expect((await person.license()).state).toBe('active');
    expect((await bench.calls.listSeats(id, '?includeEnded=true')).total).toBe(1);
  });
});
