import './no-electron.ts';
import { createServices, type ServiceParts } from '../../electron/create-services.ts';
import { systemClock, systemRandom } from '../../electron/platform/system.ts';
import { NO_KEYRING } from '../../electron/ports.ts';
import type { ServiceOptions, Services } from '../../electron/services.ts';
import { SILENT } from '../../electron/support/log.ts';

/** The services as window and command line have them, without a keyring and a log, in the language of the sentences. */
export function startServices(
  options: Pick<ServiceOptions, 'profile' | 'dataDir'> & Partial<ServiceOptions>,
  parts?: ServiceParts,
): Promise<Services> {
  return createServices(
    {
      keyring: NO_KEYRING,
      clock: systemClock,
      random: systemRandom,
      log: SILENT,
      appVersion: '0.0.0',
      systemLocale: 'en-US',
      ...options,
    },
    parts,
  );
}
