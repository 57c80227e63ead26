import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryLock, withLock } from '../../../build/scripts/lib/lock.mjs';

/** Above every process id that a system gives. */
const NOBODY = '4194999999';

let folder = '';
let lock = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'latchkey-lock-'));
  lock = path.join(folder, 'deep/the.lock');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const leaveBehind = (pid: string | null) => {
  mkdirSync(lock, { recursive: true });
  if (pid !== null) writeFileSync(path.join(lock, 'pid'), pid);
};

describe('withLock', () => {
  it('lets one in at a time', async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      order.push(`${name} out`);
    };
    await Promise.all([withLock(lock, work('a')), withLock(lock, work('b'))]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('gives back what the work gave, and the lock', async () => {
    await expect(withLock(lock, () => 7)).resolves.toBe(7);
    expect(existsSync(lock)).toBe(false);
  });

  it('gives the lock back when the work fails', async () => {
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes the lock of a process that is gone', async () => {
    leaveBehind(NOBODY);
    await expect(withLock(lock, () => 'done')).resolves.toBe('done');
  });

  it('takes a lock without an owner once it is old', async () => {
    leaveBehind(null);
    utimesSync(lock, 1, 1);
    await expect(withLock(lock, () => 'done')).resolves.toBe('done');
  });
});

describe('tryLock', () => {
  it('gives nothing while another has it', () => {
    const release = tryLock(lock);
    expect(release).not.toBeNull();
    expect(tryLock(lock)).toBeNull();
    release?.();
    expect(tryLock(lock)).not.toBeNull();
  });

  it('does not take the lock of a living process, however old', () => {
    leaveBehind(String(process.pid));
    utimesSync(lock, 1, 1);
    expect(tryLock(lock)).toBeNull();
  });

  it('takes the lock of a process that is gone', () => {
    leaveBehind(NOBODY);
    expect(tryLock(lock)).not.toBeNull();
  });
});
