import type { Environment } from '../../../shared/support/bundle.ts';
import type { Known } from '../scrub-policy.ts';

/** The machine that a bundle is made on. The last three are read to be left out. */
export interface Machine extends Pick<Environment, 'system' | 'runtime' | 'timeZone'> {
  readonly home: string;
  readonly user: string;
  readonly host: string;
}

/** Names of the user, the computer and the folders, which are nobody's business. */
export function namesOf({ home, user, host }: Machine, dataDir: string): readonly Known[] {
  const [bareHost = ''] = host.split('.');
  return [
    { kind: 'data folder', value: dataDir, isName: true },
    { kind: 'home', value: home, isName: true },
    { kind: 'user', value: user, isName: true },
    { kind: 'computer', value: host, isName: true },
    { kind: 'computer', value: bareHost, isName: true },
  ];
}

/** Where nobody has told what machine it is, as in tests. */
export const UNKNOWN_MACHINE: Machine = {
  system: { platform: 'unknown', release: '', architecture: '' },
  runtime: { node: '', electron: null, chromium: null },
  timeZone: 'UTC',
  home: '',
  user: '',
  host: '',
};
