import '../../support/no-electron.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLicensingApi } from '../../../electron/api/client.ts';
import type { Network } from '../../../electron/api/network.ts';
import { createServices } from '../../../electron/create-services.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';
import type { Services } from '../../../electron/services.ts';
import { SILENT } from '../../../electron/support/log.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { fakeHost } from '../../unit/fingerprint/fake-host.ts';
import { LINUX_DESKTOP } from '../../unit/fingerprint/machines.ts';
import { DEFAULT_LIMITS } from '../../../electron/api/transport.ts';
import type { MakeTransport } from './case.ts';

/** The services of the application on a folder of their own, with a network that a test decides. */
export interface Installation {
  readonly services: Services;
  readonly view: () => Promise<LicenseView>;
}

export interface InstallationOptions {
  readonly profile: VendorProfile;
  readonly network: Network;
  /** Milliseconds for one call. */
  readonly deadline: number;
  readonly make: MakeTransport;
}

async function start(
  profile: VendorProfile,
  dataDir: string,
  { network, deadline, make }: Omit<InstallationOptions, 'profile'>,
): Promise<Installation> {
  const settings = {
    url: profile.api.url,
    pins: () => profile.api.pins,
    pinning: profile.api.pinning,
    ca: profile.api.ca,
    network,
    limits: { ...DEFAULT_LIMITS, deadline },
    timeoutPerRoute: deadline,
    now: systemClock.now,
  };
  const ports = { clock: systemClock, random: systemRandom, log: SILENT };
  const { tenantId } = profile;
  const transport = make(settings, SILENT);
  const api = createLicensingApi({ ...ports, baseUrl: profile.api.url, tenantId, transport });
  const services = await createServices(
    { ...ports, profile, dataDir, network, keyring: NO_KEYRING, appVersion: '0.0.0', systemLocale: 'en' },
    {
      host: fakeHost(LINUX_DESKTOP),
      engine: (made): EngineOptions => ({ ...made, apiOf: () => api }),
    },
  );
  return {
    services,
    view: async () => {
      const [license] = (await services.snapshot()).licenses;
      if (license === undefined) throw new Error('no license');
      return license;
    },
  };
}

/** Installs the application, lets it be used, and takes everything away again. */
export async function withInstallation<T>(
  options: InstallationOptions,
  use: (first: Installation, restart: () => Promise<Installation>) => Promise<T>,
): Promise<T> {
  const { profile } = options;
  const parent = await mkdtemp(path.join(tmpdir(), 'latchkey-net-'));
  let running = await start(profile, path.join(parent, 'data'), options);
  try {
    return await use(running, async () => {
      await running.services.close();
      running = await start(profile, path.join(parent, 'data'), options);
      return running;
    });
  } finally {
    await running.services.close();
    await rm(parent, { recursive: true, force: true });
  }
}
