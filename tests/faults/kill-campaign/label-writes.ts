import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

/**
 * Watches every change that this process makes below one folder, without a change to the code that makes it: the
 * functions of `node:fs` are exchanged for ones that tell before and after. To be imported before anything that keeps a
 * function of `node:fs` for later, as the libraries under electron-store do.
 */

export type Side = 'before' | 'after';

/** Told synchronously; `write` is what is done and the role of the file, without what differs from run to run. */
type Watcher = (write: string, side: Side) => void;

let watching: { readonly folder: string; readonly tell: Watcher } | null = null;

/** Tells of every change below a folder from now on. */
export function watchWrites(folder: string, tell: Watcher): void {
  watching = { folder: path.resolve(folder), tell };
}

/** The part of a file in the program: its path in the folder without ids, numbers and random endings. */
export function roleOf(relative: string): string {
  return relative
    .split(path.sep)
    .join('/')
    .replaceAll(/prod_[A-Za-z0-9]{22}/g, 'PRODUCT')
    .replace(/(?<=\/)[0-9a-f]{16,}/, 'HASH')
    .replace(/lock\.\d+$/, 'lock.N')
    .replace(/\.(tmp|new)-[0-9a-f-]+/, '.$1')
    .replace(/\.next-\d+/, '.next')
    .replace(/damaged-[^.]+/, 'damaged');
}

function roleIn(folder: string, file: unknown): string | null {
  if (typeof file !== 'string') return null;
  const relative = path.relative(folder, path.resolve(file));
  if (relative.startsWith('..') || path.isAbsolute(relative)) return null;
  return relative === '' ? 'FOLDER' : roleOf(relative);
}

/** What a call changes; null = nothing below the folder. */
function writeOf(operation: string, given: readonly unknown[], files: number): string | null {
  if (watching === null) return null;
  const { folder } = watching;
  const roles = given.slice(0, files).map((file) => roleIn(folder, file));
  const [first, second] = roles;
  if (files === 1) return first === null || first === undefined ? null : `${operation} ${first}`;
  if ((first ?? second ?? null) === null) return null;
  return `${operation} ${first ?? 'OUTSIDE'} -> ${second ?? 'OUTSIDE'}`;
}

/** Whether a file is opened to be changed. */
function opensForWriting(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0;
  return typeof flags === 'string' && /[wa+]/.test(flags);
}

type Call = (...given: unknown[]) => unknown;

/** Runs a call that changes something, told before and after. */
function told(write: string | null, call: () => unknown): unknown {
  if (write === null || watching === null) return call();
  const { tell } = watching;
  tell(write, 'before');
  const outcome = call();
  if (!(outcome instanceof Promise)) {
    tell(write, 'after');
    return outcome;
  }
  return outcome.finally(() => {
    tell(write, 'after');
  });
}

/** What was opened, by descriptor, for the calls that name no file. */
const opened = new Map<number, string>();

function roleOfDescriptor(descriptor: unknown): string | null {
  return typeof descriptor === 'number' ? (opened.get(descriptor) ?? null) : null;
}

const dynamic = fs as unknown as Record<string, Call>;
const promises = fs.promises as unknown as Record<string, Call>;

function exchange(target: Record<string, Call>, name: string, make: (real: Call) => Call): void {
  const real = target[name];
  if (real === undefined) throw new Error(`node:fs has no ${name}`);
  target[name] = make(real.bind(target));
}

/** Names one file, or two. */
const CHANGES = {
  appendFile: 1,
  chmod: 1,
  chown: 1,
  copyFile: 2,
  cp: 2,
  link: 2,
  lutimes: 1,
  mkdir: 1,
  rename: 2,
  rm: 1,
  rmdir: 1,
  symlink: 2,
  truncate: 1,
  unlink: 1,
  utimes: 1,
} as const;

for (const [name, files] of Object.entries(CHANGES)) {
  exchange(
    dynamic,
    `${name}Sync`,
    (real) =>
      (...given) =>
        told(writeOf(name, given, files), () => real(...given)),
  );
  exchange(
    promises,
    name,
    (real) =>
      (...given) =>
        told(writeOf(name, given, files), () => real(...given)),
  );
}

exchange(dynamic, 'openSync', (real) => (...given) => {
  const write = writeOf('open', given, 1);
  const isWriting = write !== null && opensForWriting(given[1]);
  const descriptor = told(isWriting ? write : null, () => real(...given));
  if (write !== null) opened.set(Number(descriptor), write.slice('open '.length));
  return descriptor;
});
for (const name of ['write', 'writev', 'fsync', 'fdatasync', 'ftruncate', 'fchmod', 'fchown', 'futimes']) {
  exchange(dynamic, `${name}Sync`, (real) => (...given) => {
    const role = roleOfDescriptor(given[0]);
    return told(role === null ? null : `${name} ${role}`, () => real(...given));
  });
}
exchange(dynamic, 'closeSync', (real) => (...given) => {
  opened.delete(Number(given[0]));
  return real(...given);
});

/** Of a file handle: what changes its file. */
const OF_HANDLE = [
  'write',
  'writev',
  'writeFile',
  'appendFile',
  'sync',
  'datasync',
  'truncate',
  'chmod',
  'utimes',
];

exchange(promises, 'open', (real) => async (...given) => {
  const write = writeOf('open', given, 1);
  const handle = (await told(write !== null && opensForWriting(given[1] ?? 'r') ? write : null, () =>
    real(...given),
  )) as Record<string, Call>;
  if (write === null) return handle;
  const role = write.slice('open '.length);
  for (const name of OF_HANDLE) {
    exchange(
      handle,
      name,
      (method) =>
        (...rest) =>
          told(`${name} ${role}`, () => method(...rest)),
    );
  }
  return handle;
});

// Opening and writing are two steps, and a kill may come between them.
exchange(promises, 'writeFile', (real) => async (...given) => {
  const [file, content, options] = given;
  if (writeOf('writeFile', given, 1) === null) return real(...given);
  const { flag = 'w', mode } =
    typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
  const handle = (await promises['open']?.(file, flag, mode)) as Record<string, Call>;
  try {
    return await handle['writeFile']?.(content, options);
  } finally {
    await handle['close']?.();
  }
});

/** A call that ends by calling back. */
function toldBack(write: string | null, given: readonly unknown[], real: Call): unknown {
  const done = given.at(-1);
  if (write === null || watching === null || typeof done !== 'function') return real(...given);
  const { tell } = watching;
  tell(write, 'before');
  return real(...given.slice(0, -1), (...outcome: unknown[]) => {
    tell(write, 'after');
    (done as Call)(...outcome);
  });
}

for (const [name, files] of Object.entries(CHANGES)) {
  exchange(
    dynamic,
    name,
    (real) =>
      (...given) =>
        toldBack(writeOf(name, given, files), given, real),
  );
}
// Nothing of ours uses these today, and if something does it is not to pass unseen.
for (const name of ['open', 'write', 'writeFile', 'fsync', 'ftruncate']) {
  exchange(dynamic, name, (real) => (...given) => {
    const isOurs = writeOf(name, given, 1) !== null || roleOfDescriptor(given[0]) !== null;
    const isHarmless = name === 'open' && !opensForWriting(given[1]);
    if (isOurs && !isHarmless) throw new Error(`fs.${name} with a callback is not watched`);
    return real(...given);
  });
}

syncBuiltinESMExports();
