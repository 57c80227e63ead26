import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { wantsCertificates } from './market.ts';

/** Client certificates end within the lives of a device: they are renewed after six hours, and some run out. */
const CERTIFICATE_LIFE_MS = 9 * 60 * 60_000;

/** The servers of a bench: one that wants client certificates, for a quarter of the devices, and one that wants none. */
export class Servers {
  readonly #open = new Map<boolean, LicensingApi>();

  /** The server for the device of a seed. */
  async of(seed: string): Promise<LicensingApi> {
    const isStrict = wantsCertificates(seed);
    const present = this.#open.get(isStrict);
    if (present !== undefined) return present;
    const server = await startLicensingApi({
      codeAttempts: { requests: 1_000_000, perMilliseconds: 1 },
      accounts: true,
      requireClientCertificate: isStrict,
      clientCertificateLifeMs: CERTIFICATE_LIFE_MS,
      writeLog: (line) => process.stderr.write(`${line}\n`),
    });
    this.#open.set(isStrict, server);
    return server;
  }

  async close(): Promise<void> {
    for (const server of this.#open.values()) await server.close();
  }
}
