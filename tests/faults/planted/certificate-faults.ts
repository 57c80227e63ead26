import type { VendorProfile } from '../../../shared/profile.ts';
import { companyAuthority, companyCertificate } from '../../support/device-certificates.ts';
import type { PlantedFault } from './fault.ts';
import { must, type World } from './world.ts';
import { typedPassword } from '../../support/typed-secrets.ts';

/** The certificate by which a device identifies itself, where the server requires one. */

const DAY = 24 * 60 * 60_000;
const STRICT = { requireClientCertificate: true, clientCertificateLifeMs: DAY };

/** Restarts with a profile that says so of client certificates, and activates. */
async function activateWith(
  world: World,
  clientCertificates: VendorProfile['api']['clientCertificates'],
): Promise<void> {
  const { setting } = world;
  setting.profile = { ...setting.profile, api: { ...setting.profile.api, clientCertificates } };
  await world.restart();
  await world.activate();
}

export const CERTIFICATE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'The server requires client certificates, and the vendor’s profile knows of none',
    code: 'clientCertificateRequired',
    remedy: 'contactVendor',
    button: 'Contact the vendor',
    server: STRICT,
    plant: (world) => activateWith(world, 'none'),
  },
  {
    name: 'An administrator has still to bring a client certificate',
    code: 'clientCertificateMissing',
    remedy: 'askAdministrator',
    button: 'Copy details',
    server: STRICT,
    plant: (world) => activateWith(world, 'import'),
  },
  {
    name: 'The client certificate has run out while the device was off',
    code: 'clientCertificateExpired',
    remedy: 'refresh',
    button: 'Refresh',
    server: STRICT,
    plant: async (world) => {
      await activateWith(world, 'enrol');
      const now = () => Date.now() + 2 * DAY;
      world.setting.clockOffset = 2 * DAY;
      world.server.setClock(now);
      world.server.setDate(now);
      await world.restart();
    },
  },
  {
    name: 'The client certificate that was brought is of a CA that the server does not know',
    code: 'clientCertificateRefused',
    remedy: 'refresh',
    button: 'Refresh',
    server: STRICT,
    plant: async (world) => {
      await activateWith(world, 'enrol');
      const { key, chain } = await companyCertificate(await companyAuthority());
      const content = Buffer.from(chain.join('') + key);
      must(await world.services().certificate.import({ content, passphrase: typedPassword('') }));
      await world.refresh();
    },
  },
];
