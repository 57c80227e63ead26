import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { witnessFolder, type SystemFolders } from '../../../electron/platform/witness-folder.ts';

const home = path.resolve('/home/someone');
const inHome = (...names: readonly string[]): string => path.join(home, ...names);
const system = (changes: Partial<SystemFolders>): SystemFolders => ({
  platform: 'linux',
  env: {},
  home,
  ...changes,
});

describe('the folder of the witness', () => {
  it.each<[string, SystemFolders, string, string]>([
    ['Linux', system({}), inHome('.config', 'com.example.app'), inHome('.local', 'state', 'com.example.app')],
    [
      'Linux with folders of its own',
      system({ env: { XDG_CONFIG_HOME: inHome('settings'), XDG_STATE_HOME: inHome('state') } }),
      inHome('settings', 'com.example.app'),
      inHome('state', 'com.example.app'),
    ],
    [
      'macOS',
      system({ platform: 'darwin' }),
      inHome('Library', 'Application Support', 'com.example.app'),
      inHome('Library', 'Preferences', 'com.example.app'),
    ],
    [
      'Windows',
      system({ platform: 'win32', env: { APPDATA: inHome('Roaming'), LOCALAPPDATA: inHome('Local') } }),
      inHome('Roaming', 'com.example.app'),
      inHome('Local', 'com.example.app'),
    ],
  ])('of an installed application on %s is apart from its data', (_, folders, dataDir, state) => {
    expect(witnessFolder(dataDir, folders)).toBe(path.join(state, 'witness'));
  });

  it.each<[string, SystemFolders, string]>([
    ['was named on purpose', system({}), path.resolve('/srv/data')],
    ['lies deeper', system({}), inHome('.config', 'vendor', 'com.example.app')],
    ['can not be compared', system({ platform: 'win32' }), inHome('Roaming', 'com.example.app')],
    [
      'would be compared with a relative path',
      system({ env: { XDG_CONFIG_HOME: '.' }, home: '' }),
      path.resolve('com.example.app'),
    ],
  ])('lies in the data folder where that %s', (_, folders, dataDir) => {
    expect(witnessFolder(dataDir, folders)).toBe(path.join(dataDir, 'witness'));
  });

  it('is absolute on this system', () => {
    expect(path.isAbsolute(witnessFolder(path.resolve('/srv/data')))).toBe(true);
  });
});
