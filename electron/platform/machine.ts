import os from 'node:os';
import type { Machine } from '../support/bundle/machine.ts';

/** The machine and the process, as Node and Electron tell of them. */
export function readMachine(): Machine {
  // Its types promise what only Electron has.
  const { node, electron, chrome }: NodeJS.Dict<string> = process.versions;
  return {
    system: { platform: process.platform, release: os.release(), architecture: process.arch },
    runtime: { node: node ?? '', electron: electron ?? null, chromium: chrome ?? null },
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    home: os.homedir(),
    user: userName(),
    host: os.hostname(),
  };
}

/** A user without an entry in the system's list, as in a container, has no name. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}
