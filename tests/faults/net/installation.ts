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
import type { LocalServer } from '../../../shared/local-server.ts';
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
  /** The Local License Server that is chosen; the vendor's own without it. */
  readonly local?: LocalServer | undefined;
  readonly network: Network;
  /** Milliseconds that the clock of the device is ahead. */
  readonly skew: () => number;
  /** Milliseconds for one call. */
  readonly deadline: number;
  readonly make: MakeTransport;
}

async function start(
  profile: VendorProfile,
  dataDir: string,
  { network, local, deadline, make, skew }: Omit<InstallationOptions, 'profile'>,
): Promise<Installation> {
  const now = () => systemClock.now() + skew();
  const ports = { clock: { ...systemClock, now }, random: systemRandom, log: SILENT };
  const { url, pins, pinning, ca } =
    local === undefined ? profile.api : { ...local, pinning: 'required' as const };
  const settings = { url, pins: () => pins, pinning, ca, network, now };
  const limits = { ...DEFAULT_LIMITS, deadline };
  const transport = make({ ...settings, limits, timeoutPerRoute: deadline }, SILENT);
  const api = createLicensingApi({ ...ports, baseUrl: url, tenantId: profile.tenantId, transport });
  const services = await createServices(
    { ...ports, profile, dataDir, network, keyring: NO_KEYRING, appVersion: '0.0.0', systemLocale: 'en' },
    {
      host: fakeHost(LINUX_DESKTOP),
      engine: (made): EngineOptions => ({ ...made, apiOf: () => api }),
    },
  );
  if (local !== undefined) {
    const wish = { url, ca, pins: pins.map(({ sha256 }) => sha256) };
    const used = await services.server.use({ local: wish, isConfirmed: true });
    if (!used.ok) throw new Error(`the local server can't be chosen: ${used.error.code}`);
  }
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
