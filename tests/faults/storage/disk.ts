import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe } from 'vitest';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';
import type { Verbs } from './disk-child.ts';

/** The verbs of the child, as they look from here. */
export type Disk = {
  readonly [K in keyof Verbs]: (...args: Parameters<Verbs[K]>) => Promise<Awaited<ReturnType<Verbs[K]>>>;
};

const answerSchema = v.object({
  id: v.number(),
  result: v.optional(v.unknown()),
  error: v.optional(v.string()),
});

const NO_ELECTRON = path.resolve(import.meta.dirname, '../../support/no-electron.ts');
const CHILD = path.join(import.meta.dirname, 'disk-child.ts');

/** Of util-linux; looked for where these tests run, and nowhere else. */
const UNSHARE = 'unshare';

/**
 * How a process gets mounts of its own: as root at once, else as the root of a user namespace of its own. Nothing that
 * is mounted there is seen outside, and all of it goes with the process.
 */
function unshareOptions(): readonly string[] {
  const ways = [
    ['--mount', '--propagation', 'private'],
    ['--user', '--map-root-user', '--mount', '--propagation', 'private'],
  ];
  const probe = ['--', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/mnt'];
  const way = ways.find((options) => spawnSync(UNSHARE, [...options, ...probe]).status === 0);
  if (way !== undefined) return way;
  throw new Error(
    'These tests need a mount namespace of their own: run them as root, or allow user namespaces ' +
      '(sysctl kernel.apparmor_restrict_unprivileged_userns=0, kernel.unprivileged_userns_clone=1).',
  );
}

interface Talk {
  readonly process: ChildProcess;
  readonly call: (verb: string, args: readonly unknown[]) => Promise<unknown>;
}

function talkTo(child: ChildProcess): Promise<Talk> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  const call: Talk['call'] = (verb, args) => {
    last += 1;
    const id = last;
    child.send({ id, verb, args });
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => {
      const gone = new Error(`the process with the disks ended (${signal ?? code})`);
      for (const one of waiting.values()) one.reject(gone);
      reject(gone);
    });
    child.on('message', (message) => {
      const { id, result, error } = v.parse(answerSchema, message);
      if (id === 0) resolve({ process: child, call });
      else if (error === undefined) waiting.get(id)?.resolve(result);
      else waiting.get(id)?.reject(new Error(error));
      waiting.delete(id);
    });
  });
}

/** Mounts as these tests need them are Linux's; what they prove holds for the others by the same code. */
const isLinux = process.platform === 'linux';
export const onLinux = describe.runIf(isLinux);

/** One process with mounts of its own for the tests of a file, and a folder in which it may mount. */
export function withDisks({ unprivileged = false }: { readonly unprivileged?: boolean } = {}) {
  let talk: Talk | null = null;
  let base = '';
  let count = 0;
  beforeAll(async () => {
    if (!isLinux) return;
    base = mkdtempSync(path.join(tmpdir(), 'latchkey-disks-'));
    // The root of a user namespace could not become anybody else, and is stopped by no permission of its own files.
    const isUser = unprivileged && process.getuid?.() !== 0;
    const program = [nodePath(), '--import', NO_ELECTRON, CHILD];
    const [command = '', ...args] = isUser ? program : [UNSHARE, ...unshareOptions(), '--', ...program];
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    talk = await talkTo(child);
    if (isUser) return;
    // A disk under it all, so that what the child writes beside its disks is gone with it too.
    await talk.call('sh', ['mount', '-t', 'tmpfs', '-o', 'size=64m,mode=1777', 'tmpfs', base]);
  });
  afterAll(() => {
    if (base === '') return;
    talk?.process.disconnect();
    rmSync(base, { recursive: true, force: true });
  });
  const disk = new Proxy({} as Disk, {
    get:
      (_, verb) =>
      (...args: readonly unknown[]) => {
        if (talk === null) throw new Error('the process has not started');
        return talk.call(String(verb), args);
      },
  });
  /** A new folder, or with options a small disk of its own, such as `size=1m`. */
  const place = async (options?: string): Promise<string> => {
    count += 1;
    const dir = path.join(base, `disk-${count}`);
    await disk.sh('mkdir', '-m', '700', dir);
    if (options !== undefined)
      await disk.sh('mount', '-t', 'tmpfs', '-o', `${options},mode=700`, 'tmpfs', dir);
    return dir;
  };
  return { disk, place };
}
