import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isOurs } from '../vault/directory.ts';
import { fileFailure, readingProblem, systemCode } from '../vault/file-errors.ts';

/**
 * Files that only this program writes, in folders of this user. Synchronous: they are small, and some are written
 * while the window closes.
 */
export type OwnFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'text'; readonly text: string }
  /** Not what we write: no plain file, too large, no UTF-8. */
  | { readonly kind: 'damaged' }
  /** A link, or something that belongs to somebody else, that others can write to, or that we may not read. */
  | { readonly kind: 'foreign'; readonly system: string | null }
  /** The medium does not give it back now (`EIO`, `ESTALE`); `passing`: the process itself is at its limits. */
  | { readonly kind: 'unreadable'; readonly system: string; readonly passing: boolean };

/** Milliseconds after which a file that was being written belongs to a process that is gone. */
const LEFT_BEHIND_AFTER = 600_000;

// A link must not lead elsewhere, and a FIFO must not stop the whole process; Windows knows neither flag.
const NO_FOLLOW = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
const READ_FLAGS = constants.O_RDONLY | NO_FOLLOW | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);
const MAKE_FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;

/** Whether what lies there was put there by whom we believe, and nobody else can write to it. */
type Trusted = (looks: Pick<Stats, 'uid' | 'mode'>) => boolean;

/** What lies at a path itself, not where a link leads; null = nothing. Throws the system's errors. */
function lookAt(file: string): Stats | null {
  try {
    return lstatSync(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function kindOf(looks: Stats, isTrusted: Trusted = isOurs): 'file' | 'damaged' | 'foreign' {
  if (looks.isSymbolicLink() || !isTrusted(looks)) return 'foreign';
  return looks.isFile() ? 'file' : 'damaged';
}

/**
 * Reads a file if it is ours, or whose else we believe; follows no link and waits for nobody. Never throws.
 */
export function readOwnFile(file: string, maxBytes: number, isTrusted: Trusted = isOurs): OwnFile {
  try {
    const looks = lookAt(file);
    if (looks === null) return { kind: 'absent' };
    const kind = kindOf(looks, isTrusted);
    if (kind === 'foreign') return { kind, system: null };
    if (kind === 'damaged' || looks.size > maxBytes) return { kind: 'damaged' };
    const handle = openSync(file, READ_FLAGS);
    try {
      // Once more, of what was opened: it may have been exchanged since.
      const stats = fstatSync(handle);
      const opened = kindOf(stats, isTrusted);
      if (opened !== 'file') return opened === 'foreign' ? { kind: opened, system: null } : { kind: opened };
      return decodeOwnFile(readAll(handle, stats.size, maxBytes + 1), maxBytes);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const system = systemCode(error) ?? 'unknown';
    if (system === 'ENOENT') return { kind: 'absent' };
    const problem = readingProblem(system);
    if (problem === 'foreign') return { kind: problem, system };
    return { kind: 'unreadable', system, passing: problem === 'passing' };
  }
}

/** @param expected its size; it may have grown since */
function readAll(handle: number, expected: number, atMost: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < atMost) {
    // No more than it takes: files are read at every look, and large buffers keep the garbage collector at work.
    const chunk = Buffer.alloc(Math.min(Math.max(expected - size, 0) + 512, atMost - size));
    const read = readSync(handle, chunk, 0, chunk.length, null);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    size += read;
  }
  return Buffer.concat(chunks);
}

/** What the bytes of a file are. */
export function decodeOwnFile(bytes: Uint8Array, maxBytes: number): OwnFile {
  if (bytes.length > maxBytes) return { kind: 'damaged' };
  try {
    // Bytes that are no UTF-8 would else all read as the same sign, and a mark at the start as nothing.
    return {
      kind: 'text',
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    };
  } catch {
    return { kind: 'damaged' };
  }
}

/**
 * Replaces a file (mode 0600) atomically and durably; on failure the old one is as it was. Something of ours that is
 * no plain file is set aside first.
 * @returns Errors: `vaultUnsafe`, `vaultDiskFull`, `vaultReadOnly`, `vaultStorageFailed`, with the system's code
 */
export function replaceOwnFile(file: string, text: string): Result<void> {
  // Named after the process: several write the same file, and each finishes its own.
  const staging = `${file}.next-${process.pid}`;
  try {
    const looks = lookAt(file);
    const kind = looks === null ? 'file' : kindOf(looks);
    if (kind === 'foreign') return err(failure('vaultUnsafe'));
    clearWay(staging);
    const writtenAt = writeNew(staging, text);
    if (kind === 'damaged') setOwnFileAside(file);
    renameSync(staging, file);
    syncFolder(path.dirname(file));
    sweep(file, writtenAt - LEFT_BEHIND_AFTER);
    return ok(undefined);
  } catch (error) {
    quietly(() => rmSync(staging, { force: true }));
    return err(fileFailure(error));
  }
}

/** @returns when it was written by the clock of the file system, epoch milliseconds */
function writeNew(file: string, text: string): number {
  const handle = openSync(file, MAKE_FLAGS, 0o600);
  try {
    const bytes = Buffer.from(text, 'utf8');
    // A nearly full disk takes a part and says so only in the number.
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
    return fstatSync(handle).mtimeMs;
  } finally {
    closeSync(handle);
  }
}

/** Makes renames in a folder durable. Windows has no such call and needs none. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dir, constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Deletes what killed processes have left half written. */
function sweep(file: string, before: number): void {
  quietly(() => {
    const dir = path.dirname(file);
    const beginning = `${path.basename(file)}.next-`;
    for (const entry of readdirSync(dir)) {
      if (!entry.startsWith(beginning)) continue;
      const looks = lookAt(path.join(dir, entry));
      if (looks !== null && looks.mtimeMs < before) clearWay(path.join(dir, entry));
    }
  });
}

/**
 * Makes the place free for a file that is to be written: what a kill has left half written holds nothing that counts.
 * A folder is none of ours, and set aside with what is in it. Throws the system's errors.
 */
export function clearWay(file: string): void {
  if (lookAt(file)?.isDirectory() === true) setOwnFileAside(file);
  else rmSync(file, { force: true });
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // What is left lying does no harm; the next write tries again.
  }
}

/**
 * Renames a file to `<name>.damaged-<stamp>.<ending>`, so that support can look at it and nothing is lost.
 * @param stamp for the new name; when it was last written without it
 * @returns the new name, or null if there was nothing to rename. Throws the system's errors
 */
export function setOwnFileAside(file: string, stamp?: string): string | null {
  const looks = lookAt(file);
  if (looks === null) return null;
  const { dir, name, ext } = path.parse(file);
  const taken = new Set(readdirSync(dir));
  const when = stamp ?? stampOf(looks.mtimeMs);
  let target = `${name}.damaged-${when}${ext}`;
  for (let count = 2; taken.has(target); count += 1) target = `${name}.damaged-${when}-${count}${ext}`;
  renameSync(file, path.join(dir, target));
  return target;
}

/** For names of files: an instant (epoch milliseconds) without the signs that Windows forbids. */
function stampOf(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:.]/g, '');
}
