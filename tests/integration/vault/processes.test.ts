import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { open, valueOf, vaultFolder } from '../../support/vault.ts';

const here = import.meta.dirname;
const counter = v.strictObject({ count: v.number() });
const machineKeys = [{ name: 'machineId', material: new Uint8Array(32).fill(1) }] as const;

interface Counting {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<unknown>;
}

function start(dir: string, marks: string): Counting {
  const child = spawn(
    process.execPath,
    ['--import', join(here, '../../support/no-electron.ts'), join(here, 'counting-child.ts'), dir, marks],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, said: () => text, ended: once(child, 'close') };
}

/** Waits until it holds; the test's own time limit is the end of patience. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

const count = (text: string, sign: string): number =>
  text.split('\n').filter((line) => line.startsWith(sign)).length;

describe('several processes in one vault', () => {
  it('take turns, lose no count that was acknowledged and survive being killed at any instant', async () => {
    const dir = vaultFolder();
    const marks = join(dirname(dir), 'marks');
    mkdirSync(marks);
    const all: Counting[] = [];
    const running = [start(dir, marks), start(dir, marks), start(dir, marks)];
    all.push(...running);
    const kills = 12;
    for (let kill = 0; kill < kills; kill += 1) {
      const victim = running.shift();
      if (victim === undefined) throw new Error('nobody left');
      // Each gets to count a few times first, then dies wherever it happens to be.
      await until(() => count(victim.said(), '+') >= 2);
      await sleep((kill * 7) % 23);
      victim.child.kill('SIGKILL');
      await victim.ended;
      const next = start(dir, marks);
      running.push(next);
      all.push(next);
    }
    for (const last of running) await until(() => count(last.said(), '+') >= 2);
    for (const last of running) last.child.stdin?.write('stop\n');
    await Promise.all(running.map((last) => last.ended));

    const everything = all.map((one) => one.said()).join('');
    expect(everything.split('\n').filter((line) => line.startsWith('!'))).toEqual([]);
    const acknowledged = count(everything, '+');
    const vault = await open(dir, { machineKeys });
    const found = valueOf(await vault.read('device', counter));
    expect(found?.condition).toBe('good');
    // A process may be killed between its write and saying so: one count per kill, or what a pipe of Windows holds.
    const unsaid = kills * (process.platform === 'win32' ? 20 : 1);
    expect(found?.value.count).toBeGreaterThanOrEqual(acknowledged);
    expect(found?.value.count).toBeLessThanOrEqual(acknowledged + unsaid);
    expect(found?.revision).toBe(found?.value.count);

    expect(vault.condition()).toMatchObject({ vault: 'good', setAside: [] });
    await vault.withLock((transaction) => transaction.read('device', counter));
    expect(readdirSync(dir).filter((name) => name.startsWith('lock.')).length).toBeLessThan(8);
    expect(readdirSync(dir).filter((name) => name.includes('.next'))).toEqual([]);
  });
});
