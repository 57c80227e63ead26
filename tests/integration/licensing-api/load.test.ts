import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runLoad } from '../../bench/load/load.ts';

function folder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'latchkey-load-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it('fifty clients at once each keep their seat and their chain of nonces', async () => {
  const load = { clients: 50, seatsEach: 20, rounds: 3, atOnce: 16, dataDir: folder() };
  const { measured, after, wrong } = await runLoad(load);
  expect(wrong).toEqual([]);
  expect(after.seats).toHaveLength(50);
  expect(measured.map(({ calls }) => calls)).toEqual([50, 50, 150, 50]);
});

it('is not content where clients share a seat, and with it a chain', async () => {
  const load = { clients: 6, seatsEach: 3, rounds: 1, atOnce: 2, dataDir: folder() };
  const { wrong } = await runLoad({ ...load, seatOf: () => 'one-for-all' });
  expect(wrong.join('\n')).toMatch(/accessTokenInvalid|nonceMismatch/);
  expect(wrong.join('\n')).toContain('2 seats are held instead of 6');
});
