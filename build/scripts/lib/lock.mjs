import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Nothing that runs under a lock takes longer; older locks were left behind. */
const MAX_AGE = 15 * 60_000;
/** Between making the folder and writing the owner into it. */
const NEW_AGE = 10_000;

/** @param {string} folder @returns {string | null} the owner's process id, null while none is written */
function owner(folder) {
  try {
    return readFileSync(path.join(folder, 'pid'), 'utf8');
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} folder @param {string | null} pid @param {number} maxAge milliseconds */
function isLeftBehind(folder, pid, maxAge) {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  const age = Date.now() - stats.mtimeMs;
  return age > maxAge || (pid === null ? age > NEW_AGE : !isAlive(Number(pid)));
}

/** @param {string} folder @param {string | null} pid whose lock it was when it was found left behind */
function remove(folder, pid) {
  const aside = `${folder}.${process.pid}`;
  try {
    renameSync(folder, aside);
    // Somebody else may have removed it and taken the lock in between: then it is theirs.
    if (owner(aside) === pid) rmSync(aside, { recursive: true, force: true });
    else renameSync(aside, folder);
  } catch {
    // Another process was quicker.
  }
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'pid'), String(process.pid));
    return true;
  } catch {
    return false;
  }
}

/**
 * Does the work while no other process does work under the same lock.
 *
 * @template T
 * @param {string} folder absolute path of the lock, which must not be used for anything else
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  mkdirSync(path.dirname(folder), { recursive: true });
  while (!take(folder)) {
    const pid = owner(folder);
    if (isLeftBehind(folder, pid, MAX_AGE)) remove(folder, pid);
    else await delay(100);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Takes a lock for as long as this process wants, without waiting.
 *
 * @param {string} folder absolute path of the lock
 * @returns {(() => void) | null} gives the lock back; null if another process that still runs has it
 */
export function tryLock(folder) {
  mkdirSync(path.dirname(folder), { recursive: true });
  if (!take(folder)) {
    const pid = owner(folder);
    if (!isLeftBehind(folder, pid, Number.POSITIVE_INFINITY)) return null;
    remove(folder, pid);
    if (!take(folder)) return null;
  }
  return () => rmSync(folder, { recursive: true, force: true });
}
