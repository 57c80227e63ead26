import { existsSync } from 'node:fs';
import type { VendorProfile } from '../../../shared/profile.ts';
import { installationSecrets } from '../../support/installation-secrets.ts';
import type { Run } from '../../support/launch-options.ts';
import { isLongEnough, leaksIn, type Place, type Secret } from '../../support/leaks.ts';
import { machineSecrets } from '../../support/machine-secrets.ts';
import { listenToServers } from '../../support/wire-secrets.ts';
import { crossedIn, printedBy, shownIn } from './run-places.ts';
import { sentToSupport, writtenIn } from './support-places.ts';

/**
 * What every test of the application ends with, whatever it is about: nothing that goes to support, or is shown where
 * others look, has any secret of the test in it.
 */
export interface LeakCheck {
  /** A secret that is in no vault, such as a password that is typed. */
  readonly keep: (secret: Secret) => void;
  /** Takes down what a run has shown and what its vault holds. Before the run is ended. */
  readonly look: (run: Run, dataDir: string) => Promise<void>;
  /** Looks everywhere. Once, when everything has ended. @returns what was found, without the secrets themselves */
  readonly end: () => Promise<readonly string[]>;
}

/** What crosses the bridge to be shown in the window. */
const SHOWN: readonly string[] = ['account', 'seat name', 'offline token'];

/**
 * @param folders data folders that may have been used without a run
 * @param support makes what is sent to support
 */
export function startLeakCheck(
  profile: VendorProfile,
  folders: readonly string[],
  support: typeof sentToSupport = sentToSupport,
): LeakCheck {
  const wire = listenToServers();
  const secrets = new Map<string, Secret>();
  const dirs = new Set(folders);
  const runs = new Set<Run>();
  const places: Place[] = [];
  const keep = (secret: Secret): void => {
    if (isLongEnough(secret.value))
      secrets.set(`${secret.kind} ${Buffer.from(secret.value).toString('hex')}`, secret);
  };
  const keepThoseOf = async (dataDir: string): Promise<void> => {
    for (const secret of await installationSecrets(dataDir, profile)) keep(secret);
    for (const secret of await machineSecrets(dataDir)) keep(secret);
  };
  return {
    keep,
    look: async (run, dataDir) => {
      dirs.add(dataDir);
      await keepThoseOf(dataDir);
      runs.add(run);
      places.push(...(await shownIn(run)));
    },
    end: async () => {
      wire.end();
      for (const secret of wire.all()) keep(secret);
      for (const dataDir of dirs) {
        if (!existsSync(dataDir)) continue;
        await keepThoseOf(dataDir);
        places.push(...writtenIn(dataDir), ...(await support(dataDir, profile)));
      }
      const all = [...secrets.values()];
      const hidden = all.filter(({ kind }) => !SHOWN.includes(kind));
      return [
        ...leaksIn(all, [...places, ...[...runs].map(printedBy)]),
        ...leaksIn(hidden, [...runs].map(crossedIn)),
      ];
    },
  };
}
