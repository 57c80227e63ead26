import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { fileFailure, systemCode } from './file-errors.ts';
import type { LockFiles } from './lock-files.ts';
import { identitySchema, type Processes } from './process-identity.ts';

/**
 * The lock between processes. Removing a stale lock file is where such locks go wrong: between looking and
 * removing, somebody else may have taken it. Here nothing live is ever removed. A lock is a file `lock.<n>`; the
 * highest n counts. Whoever finds its owner gone, or released, makes n + 1, which only one can, and whoever finds a
 * higher one after that gives way. The highest file always stays, so no n is ever used twice.
 */
export interface HeldLock {
  /** Whether it is still ours; asked before every write, for the case that we were thought dead (a long sleep). */
  readonly stillHeld: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

export interface LockOptions {
  readonly files: LockFiles;
  readonly processes: Processes;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** Milliseconds. An owner that can't be asked is dead after `staleAfter` without a sign of life. */
export const LOCK_TIMES = {
  heartbeat: 5000,
  staleAfter: 120_000,
  watched: 6000,
  sweepAfter: 600_000,
} as const;

const ownerSchema = v.strictObject({ ...identitySchema.entries, token: v.pipe(v.string(), v.maxLength(64)) });
const RELEASED = '{"released":true}';

/**
 * Tokens of locks that this process has let go of and could not mark so, because the disk went read-only or away: it
 * must not wait for itself once that is over.
 */
const letGo = new Set<string>();

function parseOwner(text: string): v.InferOutput<typeof ownerSchema> | 'released' | null {
  if (text === RELEASED) return 'released';
  try {
    const parsed = v.safeParse(ownerSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Who has the lock, as far as it can be told from here. */
export interface LockState {
  /** `gone`: whoever held it died with it, and the next one takes it; `unknown`: held by a process that can't be asked. */
  readonly state: 'free' | 'held' | 'gone' | 'unknown';
  /** Grows each time that the lock is taken. */
  readonly generation: number;
  /** Number of the process that holds it; null where there is none, or none of this machine. */
  readonly process: number | null;
}

/** Looks at the lock without touching it. Throws what the file system throws, but for a folder that is not there. */
export async function lookAtLock(files: LockFiles, processes: Processes): Promise<LockState> {
  const free: LockState = { state: 'free', generation: 0, process: null };
  let generation: number | undefined;
  try {
    generation = (await files.list()).at(-1);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return free;
    throw error;
  }
  const found = generation === undefined ? null : await files.read(generation);
  if (generation === undefined || found === null) return free;
  const owner = parseOwner(found.text);
  if (owner === 'released') return { ...free, generation };
  if (owner === null) return { state: 'unknown', generation, process: null };
  const verdict = processes.judge(owner);
  if (verdict === 'dead') return { state: 'gone', generation, process: null };
  return verdict === 'alive'
    ? { state: 'held', generation, process: owner.pid }
    : { state: 'unknown', generation, process: null };
}

/** What was last seen of an owner that can't be asked whether it lives. */
interface Watch {
  readonly sign: string;
  readonly since: number;
}

/**
 * Waits for the lock and takes it.
 * @param timeoutMs how long to wait, milliseconds
 * @returns Errors: `vaultLockTimeout`, or what the file system says (`vaultReadOnly`, `vaultDiskFull`, ...)
 */
export async function acquireLock(options: LockOptions, timeoutMs: number): Promise<Result<HeldLock>> {
  const { files, processes, clock, random, sleep = wait } = options;
  const deadline = clock.monotonic() + timeoutMs;
  const token = random.uuid();
  const text = JSON.stringify({ ...processes.self, token });
  let watch: Watch | null = null;
  let pause = 4;

  /** Whether generation n is free to be followed by the next. */
  const isFree = async (generation: number): Promise<boolean> => {
    const found = await files.read(generation);
    // Gone: somebody who holds a higher one has removed it.
    if (found === null) return false;
    const owner = parseOwner(found.text);
    if (owner === 'released' || (owner !== null && letGo.has(owner.token))) return true;
    const verdict = owner === null ? 'unknown' : processes.judge(owner);
    if (verdict !== 'unknown') return verdict === 'dead';
    // Age alone would let a changed clock take a lock from the living, so it must also be seen not to move.
    const sign = `${generation} ${found.touched} ${found.text}`;
    if (watch?.sign !== sign) watch = { sign, since: clock.monotonic() };
    const still = clock.monotonic() - watch.since >= LOCK_TIMES.watched;
    // A sign of life from a time that has not come yet was given while the clock was wrong.
    return still && Math.abs(clock.now() - found.touched) > LOCK_TIMES.staleAfter;
  };

  let made: number | null = null;
  try {
    for (;;) {
      const highest = (await files.list()).at(-1) ?? 0;
      if (highest === 0 || (await isFree(highest))) {
        const mine = highest + 1;
        if (await files.create(mine, text, token)) {
          made = mine;
          if ((await files.list()).at(-1) === mine) return ok(await hold(options, mine, token));
          await files.remove(mine);
          made = null;
        }
      }
      if (clock.monotonic() >= deadline) return err(failure('vaultLockTimeout'));
      // Jitter, so that those who wait don't come back together for ever.
      const jitter = 0.5 + (random.bytes(1)[0] ?? 0) / 256;
      await sleep(Math.min(pause * jitter, Math.max(1, deadline - clock.monotonic())));
      pause = Math.min(pause * 1.5, 60);
    }
  } catch (error) {
    // Taken, and then the disk failed: nobody works under this lock, so nobody may have to wait for it.
    if (made !== null) await release(options, made, token);
    return err(fileFailure(error));
  }
}

/** Marks a lock as released; where that fails now, it is tried until it goes, for the other processes' sake. */
async function release({ files, log }: LockOptions, mine: number, token: string): Promise<void> {
  const mark = async (): Promise<void> => {
    await files.replace(mine, RELEASED, token);
    letGo.delete(token);
  };
  letGo.add(token);
  try {
    await mark();
  } catch (error) {
    log.error('The lock could not be released', { system: fileFailure(error).facts?.system });
    const again = setInterval(() => {
      mark().then(
        () => clearInterval(again),
        (reason: unknown) => {
          // The whole folder is gone.
          if (systemCode(reason) === 'ENOENT') clearInterval(again);
        },
      );
    }, LOCK_TIMES.heartbeat);
    again.unref();
  }
}

async function hold(options: LockOptions, mine: number, token: string): Promise<HeldLock> {
  const { files, clock, log } = options;
  const heartbeat = setInterval(() => {
    files.touch(mine, clock.now()).catch(() => {
      log.debug('The lock could not be touched');
    });
  }, LOCK_TIMES.heartbeat);
  heartbeat.unref();
  try {
    // The few last generations stay: a listing that ran while files came and went then still shows one of them.
    for (const generation of await files.list()) if (generation < mine - 4) await files.remove(generation);
    await files.sweep(clock.now() - LOCK_TIMES.sweepAfter);
  } catch {
    log.debug('Old lock files could not be removed');
  }
  return {
    stillHeld: async () => {
      try {
        return (await files.list()).at(-1) === mine;
      } catch {
        return false;
      }
    },
    release: () => {
      clearInterval(heartbeat);
      return release(options, mine, token);
    },
  };
}
