import { describe, expect, it } from 'vitest';
import type { LockFiles } from '../../../electron/vault/lock-files.ts';
import { acquireLock, LOCK_TIMES, type HeldLock, type LockOptions } from '../../../electron/vault/lock.ts';
import { parseStartTime, type Identity, type Processes } from '../../../electron/vault/process-identity.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { codeOf, valueOf } from '../../support/vault.ts';

const identity = (pid: number, host = 'here'): Identity => ({
  pid,
  start: '1',
  boot: 'b',
  namespace: 'n',
  host,
});

/** A folder of lock files, a clock and processes, all in memory. */
class World {
  readonly files = new Map<number, { text: string; touched: number }>();
  readonly dead = new Set<number>();
  time = 1_000_000;
  /** Called before each listing, to do something at the worst moment. */
  beforeList: () => void = () => undefined;

  options(pid: number, fail: { create?: string; list?: string } = {}): LockOptions {
    const { files } = this;
    const thrown = (code: string): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));
    const lockFiles: LockFiles = {
      list: () => {
        if (fail.list !== undefined) return thrown(fail.list);
        this.beforeList();
        return Promise.resolve([...files.keys()].toSorted((a, b) => a - b));
      },
      read: (generation) => Promise.resolve(files.get(generation) ?? null),
      create: (generation, text) => {
        if (fail.create !== undefined) return thrown(fail.create);
        if (files.has(generation)) return Promise.resolve(false);
        files.set(generation, { text, touched: this.time });
        return Promise.resolve(true);
      },
      replace: (generation, text) => {
        files.set(generation, { text, touched: this.time });
        return Promise.resolve();
      },
      touch: () => Promise.resolve(),
      remove: (generation) => {
        files.delete(generation);
        return Promise.resolve();
      },
      sweep: () => Promise.resolve(),
    };
    const processes: Processes = {
      self: identity(pid),
      judge: (other) => {
        if (other.host !== 'here') return 'unknown';
        return this.dead.has(other.pid) ? 'dead' : 'alive';
      },
    };
    return {
      files: lockFiles,
      processes,
      clock: { now: () => this.time, monotonic: () => this.time },
      random: systemRandom,
      log: SILENT,
      sleep: (milliseconds) => {
        this.time += Math.ceil(milliseconds);
        return Promise.resolve();
      },
    };
  }

  async take(pid: number): Promise<HeldLock> {
    return valueOf(await acquireLock(this.options(pid), 1000));
  }
}

describe('the lock', () => {
  it('goes from one to the next, and nobody gets it in between', async () => {
    const world = new World();
    const first = await world.take(1);
    expect(codeOf(await acquireLock(world.options(2), 500))).toBe('vaultLockTimeout');
    expect(await first.stillHeld()).toBe(true);
    await first.release();
    const second = await world.take(2);
    expect(await second.stillHeld()).toBe(true);
    expect(await first.stillHeld()).toBe(false);
    await second.release();
  });

  it('is taken from the dead at once, and never from the living', async () => {
    const world = new World();
    await world.take(1);
    world.dead.add(1);
    const second = await world.take(2);
    expect(codeOf(await acquireLock(world.options(3), LOCK_TIMES.staleAfter * 3))).toBe('vaultLockTimeout');
    expect(await second.stillHeld()).toBe(true);
  });

  it('never uses a number twice and keeps few files', async () => {
    const world = new World();
    let highest = 0;
    for (let round = 0; round < 20; round += 1) {
      const held = await world.take(1);
      const now = Math.max(...world.files.keys());
      expect(now).toBeGreaterThan(highest);
      highest = now;
      await held.release();
    }
    expect(world.files.size).toBeLessThan(8);
    expect(world.files.has(highest)).toBe(true);
  });

  it('is given up by whoever finds a higher one after making his own', async () => {
    const world = new World();
    (await world.take(1)).release().catch(() => undefined);
    // Between the listing and the making, another process takes 2, is done, and a third takes and holds 3.
    let listed = 0;
    world.beforeList = () => {
      listed += 1;
      if (listed === 2)
        world.files.set(9, { text: JSON.stringify({ ...identity(7), token: 't' }), touched: 0 });
    };
    expect(codeOf(await acquireLock(world.options(2), 200))).toBe('vaultLockTimeout');
    expect([...world.files.keys()]).toEqual([1, 9]);
  });

  it('is taken from another host only after a long silence that was watched', async () => {
    const world = new World();
    world.files.set(5, {
      text: JSON.stringify({ ...identity(1, 'there'), token: 't' }),
      touched: world.time,
    });
    expect(codeOf(await acquireLock(world.options(2), 20_000))).toBe('vaultLockTimeout');
    // The clock jumps ahead: old at once, but not watched for long enough.
    world.time += LOCK_TIMES.staleAfter * 2;
    expect(codeOf(await acquireLock(world.options(2), LOCK_TIMES.watched / 2))).toBe('vaultLockTimeout');
    expect(codeOf(await acquireLock(world.options(2), LOCK_TIMES.watched * 2))).toBe('ok');
  });

  it('is not taken from another host that still gives signs of life', async () => {
    const world = new World();
    const file = { text: JSON.stringify({ ...identity(1, 'there'), token: 't' }), touched: 0 };
    world.files.set(5, file);
    world.beforeList = () => {
      file.touched = world.time - LOCK_TIMES.staleAfter * 2;
    };
    expect(codeOf(await acquireLock(world.options(2), 60_000))).toBe('vaultLockTimeout');
  });

  it.each(['', 'garbage', '{}', '{"released":false}'])(
    'takes %j for an owner that is not known',
    async (text) => {
      const world = new World();
      world.files.set(1, { text, touched: world.time });
      expect(codeOf(await acquireLock(world.options(2), 20_000))).toBe('vaultLockTimeout');
      expect(codeOf(await acquireLock(world.options(2), LOCK_TIMES.staleAfter * 2))).toBe('ok');
    },
  );

  it.each([
    ['ENOSPC', 'vaultDiskFull'],
    ['EDQUOT', 'vaultDiskFull'],
    ['EROFS', 'vaultReadOnly'],
    ['EACCES', 'vaultReadOnly'],
    ['EIO', 'vaultStorageFailed'],
  ])('says what the system says: %s', async (system, code) => {
    expect(await acquireLock(new World().options(1, { create: system }), 100)).toEqual({
      ok: false,
      error: { code, facts: { system } },
    });
    expect(codeOf(await acquireLock(new World().options(1, { list: system }), 100))).toBe(code);
  });
});

describe('the start time of a process', () => {
  const tail =
    'S 1 42 42 0 -1 4194560 1500 0 0 0 3 1 0 0 20 0 11 0 987654 1000000 500 18446744073709551615 1 1';
  it('is field 22, whatever the name of the program', () => {
    expect(parseStartTime(`42 (node) ${tail}`)).toBe('987654');
    expect(parseStartTime(`42 (a) b (c 1 2) ${tail}`)).toBe('987654');
  });
  it('is unknown where the line is something else', () => {
    expect(parseStartTime('')).toBeNull();
    expect(parseStartTime('42 (node) S 1 42')).toBeNull();
  });
});
