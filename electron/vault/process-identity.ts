import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(300));

/** Enough of a process to tell later whether it is still there, and not another one with its number. */
export const identitySchema = v.strictObject({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** When it started, in clock ticks since boot (proc(5), field 22 of stat); null where there is no /proc. */
  start: v.nullable(text),
  /** Id of the boot; null where there is no /proc. */
  boot: v.nullable(text),
  /** Namespace of process numbers, so that two containers don't take each other for dead. */
  namespace: v.nullable(text),
  host: text,
});

export type Identity = v.InferOutput<typeof identitySchema>;

export interface Processes {
  readonly self: Identity;
  /** `unknown`: from here it can't be told; only the age of its last sign of life can. */
  readonly judge: (identity: Identity) => 'alive' | 'dead' | 'unknown';
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** The start time from `/proc/<pid>/stat`. Counted from the last `)`, since the name before it may hold anything. */
export function parseStartTime(stat: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = fields[19];
  return start !== undefined && /^\d+$/.test(start) ? start : null;
}

const startOf = (pid: number): string | null =>
  attempt(() => parseStartTime(readFileSync(`/proc/${pid}/stat`, 'utf8')));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to another user.
    return v.is(v.looseObject({ code: v.literal('EPERM') }), error);
  }
}

/** The processes of this machine. */
export function localProcesses(): Processes {
  const self: Identity = {
    pid: process.pid,
    start: startOf(process.pid),
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: attempt(() => readlinkSync('/proc/self/ns/pid')),
    host: hostname(),
  };
  return {
    self,
    judge: (other) => {
      const near = other.host === self.host && other.boot === self.boot && other.namespace === self.namespace;
      if (!near) return 'unknown';
      if (!isRunning(other.pid)) return 'dead';
      if (other.start === null) return 'unknown';
      return startOf(other.pid) === other.start ? 'alive' : 'dead';
    },
  };
}
