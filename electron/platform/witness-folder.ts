import { homedir } from 'node:os';
import path from 'node:path';

/** What is asked of the system; a test brings another. */
export interface SystemFolders {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's folder, absolute. */
  readonly home: string;
}

/**
 * Where the witness of a vault lies (electron/vault/witness.ts): for an installed application in the system's folder
 * for what belongs to this machine and is no document, apart from its data, so that putting the data folder back doesn't
 * put the witness back as well. Window and command line come to the same by the data folder alone.
 *
 * Linux: `$XDG_STATE_HOME` (`~/.local/state`). Windows: `%LOCALAPPDATA%`, which unlike the data's folder doesn't roam.
 * macOS has no such folder; `~/Library/Preferences` is kept and not cleaned, other than `Caches`. A data folder that was
 * named on purpose, as in tests, keeps everything in itself.
 * @param dataDir absolute path of the data folder
 */
export function witnessFolder(dataDir: string, system: SystemFolders = thisSystem()): string {
  const { data, state } = foldersOf(system);
  const isInstalled = data !== null && state !== null && path.dirname(dataDir) === data;
  return path.join(isInstalled ? path.join(state, path.basename(dataDir)) : dataDir, 'witness');
}

function thisSystem(): SystemFolders {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** The folders for the data (as Electron's `appData`) and the state of applications; null = not known here. */
function foldersOf({ platform, env, home }: SystemFolders): {
  readonly data: string | null;
  readonly state: string | null;
} {
  const given = (name: string): string | null => {
    const value = env[name];
    return value !== undefined && path.isAbsolute(value) ? path.normalize(value) : null;
  };
  const inHome = (...names: readonly string[]): string | null =>
    path.isAbsolute(home) ? path.join(home, ...names) : null;
  switch (platform) {
    case 'win32':
      return { data: given('APPDATA'), state: given('LOCALAPPDATA') };
    case 'darwin':
      return { data: inHome('Library', 'Application Support'), state: inHome('Library', 'Preferences') };
    default:
      return {
        data: given('XDG_CONFIG_HOME') ?? inHome('.config'),
        state: given('XDG_STATE_HOME') ?? inHome('.local', 'state'),
      };
  }
}
