import '../../support/no-electron.ts';
import { LINUX_DESKTOP } from '../../unit/fingerprint/machines.ts';
import { fakeHost, type Machine } from '../../unit/fingerprint/fake-host.ts';
import { createServices } from '../../../electron/create-services.ts';
import type { LicensingApi } from '../../../electron/api/client.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import type { Services } from '../../../electron/services.ts';
import { SILENT } from '../../../electron/support/log.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { broken, type Breakage } from './broken.ts';
import type { Side } from './label-writes.ts';

/** The services of the application on a data folder, on an invented machine with a clock that stands still. */

export const MACHINES = ['desktop', 'bare'] as const;
export type MachineName = (typeof MACHINES)[number];

const MACHINE: Readonly<Record<MachineName, Machine>> = {
  desktop: LINUX_DESKTOP,
  // Nothing can be read of it, so that the id of the installation has to do.
  bare: { platform: 'linux', cpu: 'QEMU Virtual CPU version 2.5+' },
};

export interface Installation {
  readonly services: Services;
  readonly engine: EngineOptions;
  readonly close: () => Promise<void>;
}

export interface Place {
  readonly dataDir: string;
  readonly profile: VendorProfile;
  readonly machine: MachineName;
  readonly now: number;
  /** The defect that is put in, to see that it is found. */
  readonly broken: Breakage | null;
}

/**
 * Starts the services as the window and the command line do.
 * @param onCall told before each call to the server and when its answer is there, before anything is done with it
 */
export async function start(
  place: Place,
  onCall: (call: string, side: Side) => void = () => undefined,
): Promise<Installation> {
  const { dataDir, profile, machine, now } = place;
  const defect = broken(place.broken, dataDir);
  let engine: EngineOptions | null = null;
  const services = await createServices(
    {
      profile,
      dataDir,
      keyring: NO_KEYRING,
      clock: { ...systemClock, now: () => now },
      random: systemRandom,
      log: SILENT,
      appVersion: '0.0.0',
      systemLocale: 'en',
    },
    {
      host: fakeHost(MACHINE[machine]),
      ...(defect.vault === undefined ? {} : { vault: defect.vault }),
      engine: (made) => {
        engine = (defect.engine ?? ((same) => same))({
          ...made,
          apiOf: (server) => watched(made.apiOf(server), now, onCall),
        });
        return engine;
      },
    },
  );
  if (engine === null) throw new Error('the services have no engine');
  return { services, engine, close: () => services.close() };
}

/** The calls, told of, at a server that has the same time as we. */
function watched(api: LicensingApi, now: number, onCall: (call: string, side: Side) => void): LicensingApi {
  const calls = Object.entries(api).map(([name, call]) => {
    const told = async (...given: readonly unknown[]) => {
      onCall(name, 'before');
      const answer = await (call as (...same: readonly unknown[]) => Promise<Answered>)(...given);
      onCall(name, 'after');
      return answer.ok
        ? { ...answer, value: { ...answer.value, serverTime: now } }
        : { ...answer, error: { ...answer.error, serverTime: now } };
    };
    return [name, told];
  });
  return Object.fromEntries(calls) as LicensingApi;
}

type Answered =
  { readonly ok: true; readonly value: object } | { readonly ok: false; readonly error: object };
