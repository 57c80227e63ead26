import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Orders } from './orders.ts';
import { readTrace, type Said } from './trace.ts';

/** A life that was lived. */
export interface Lived {
  readonly said: Said;
  /** `died`: killed. `ended`: came to its own end. `crashed`: ended by itself in another way, a defect. */
  readonly end: 'died' | 'ended' | 'crashed';
  /** What it wrote to standard error; nothing unless it crashed. */
  readonly complaint: string;
  /** Milliseconds that it lived. */
  readonly lasted: number;
}

/** Starts lives, each in a process of its own that was made before it was needed. */
export interface Cradle {
  /** @param killAfter milliseconds until it is killed from outside; null = it is not */
  readonly live: (orders: Orders, killAfter: number | null) => Promise<Lived>;
  /** Ends the process that still waits. */
  readonly close: () => void;
}

/** @param cacheDir folder for code that was compiled before */
export function openCradle(program: string, cacheDir: string): Cradle {
  const prepare = (): ChildProcess => {
    const child = spawn(process.execPath, ['--min-semi-space-size=16', program], {
      env: { ...process.env, NODE_COMPILE_CACHE: cacheDir },
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
    });
    // A process that is gone needs no orders.
    child.stdin?.on('error', () => undefined);
    return child;
  };
  let next = prepare();
  return {
    live: async (orders, killAfter) => {
      const child = next;
      next = prepare();
      let complaint = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        complaint += text;
      });
      // It may be killed before it can say anything.
      writeFileSync(orders.trace, '');
      const closed = once(child, 'close');
      const born = performance.now();
      child.stdin?.end(`${JSON.stringify(orders)}\n`);
      const giveUp = new AbortController();
      if (killAfter !== null) {
        void sleep(killAfter, undefined, { signal: giveUp.signal }).then(
          () => child.kill('SIGKILL'),
          () => undefined,
        );
      }
      await closed;
      giveUp.abort();
      const said = readTrace(orders.trace);
      const end =
        child.signalCode === 'SIGKILL' ? 'died' : child.exitCode === 0 && said.ended ? 'ended' : 'crashed';
      return { said, end, complaint, lasted: performance.now() - born };
    },
    close: () => void next.kill('SIGKILL'),
  };
}
