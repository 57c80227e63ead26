import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Electron's single instance lock, by files, because asking for it must not wait: the first process leaves its id in
 * a file; a second one drops its arguments into a folder that the first one watches.
 * @returns whether this process is the first
 */
export function lockSingleInstance(folder: string, onSecond: (argv: readonly string[]) => void): boolean {
  const lock = path.join(folder, 'host-instance.pid');
  const inbox = path.join(folder, 'host-instance');
  mkdirSync(inbox, { recursive: true });
  if (!claim(lock)) {
    const name = path.join(inbox, `${process.pid}-${Date.now()}`);
    writeFileSync(`${name}.part`, JSON.stringify(process.argv), { mode: 0o600 });
    renameSync(`${name}.part`, `${name}.json`);
    return false;
  }
  for (const name of readdirSync(inbox)) rmSync(path.join(inbox, name), { force: true });
  const watcher = watch(inbox, () => {
    for (const name of readdirSync(inbox).filter((entry) => entry.endsWith('.json'))) {
      const file = path.join(inbox, name);
      const argv = JSON.parse(readFileSync(file, 'utf8')) as string[];
      rmSync(file, { force: true });
      onSecond(argv);
    }
  });
  watcher.unref();
  process.once('exit', () => rmSync(lock, { force: true }));
  return true;
}

function claim(lock: string): boolean {
  if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) return false;
  // A process that was killed leaves its file behind.
  rmSync(lock, { force: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
