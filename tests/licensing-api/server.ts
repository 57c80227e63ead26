import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Instant } from '../../shared/license/types.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { DEFAULT_CODE_ATTEMPTS, codeAttempts } from './code-attempts.ts';
import type { Context } from './context.ts';
import { faultQueue, type Faults } from './faults.ts';
import { httpServer } from './http.ts';
import { loadKeys } from './keys.ts';
import type { RateLimit } from './policy/rate-limit.ts';
import { writePrivateJson } from './private-file.ts';
import { requestLog, type LogLevel } from './request-log.ts';
import { managementClientId, rememberedPort, rememberPort, setUpDemo, tenantOf } from './set-up.ts';
import { openStore, type Store } from './store/store.ts';
import { makeVariant, type CertificateVariant } from './tls/variants.ts';
import { tokenService } from './tokens.ts';
import { vendorProfile } from './vendor-profile.ts';

export interface LicensingApiOptions {
  /** Folder that keeps everything; without it everything is in memory and gone with the process. */
  readonly dataDir?: string;
  /** Without it the one used before with this folder, else any. */
  readonly port?: number;
  /** The server's clock; an instant stands still until `setClock`. The real one without it. */
  readonly clock?: Instant | (() => Instant);
  readonly certificate?: CertificateVariant;
  /** Per address; none without it. */
  readonly rateLimit?: RateLimit;
  /** Wrong activation codes per address in the portal and the offline calls; ten in a quarter of an hour without it. */
  readonly codeAttempts?: RateLimit;
  readonly logLevel?: LogLevel;
  /** Takes the log, line by line; stderr without it. */
  readonly writeLog?: (line: string) => void;
}

export interface LicensingApi {
  /** `https://localhost:PORT`, no slash at the end. */
  readonly url: string;
  readonly portalUrl: string;
  readonly profile: VendorProfile;
  /** Where the profile was written; null in memory. */
  readonly profilePath: string | null;
  readonly tenantId: string;
  readonly productId: string;
  readonly activationCode: string;
  readonly management: {
    readonly tokenUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** The private CA of the server's certificate. */
  readonly caPem: string;
  readonly faults: Faults;
  /** What the server holds, for tests that compare it with what a client believes. */
  readonly store: Store;
  /** Sets the server's clock: an instant at which it stands still, or a function. Certificates keep real time. */
  readonly setClock: (clock: Instant | (() => Instant)) => void;
  /** Sets what answers state as the time (`Date`), which is the real one even if the server's clock is another. */
  readonly setDate: (clock: Instant | (() => Instant)) => void;
  /** Shows another certificate from the next connection on, and ends the present ones. */
  readonly setCertificate: (variant: CertificateVariant) => Promise<void>;
  readonly close: () => Promise<void>;
}

const asClock = (clock: Instant | (() => Instant)): (() => Instant) =>
  typeof clock === 'number' ? () => clock : clock;

/**
 * Starts the reference Licensing API on 127.0.0.1 over HTTPS.
 * @throws an Error with one clear sentence if the folder can't be used or the port is taken
 */
export async function startLicensingApi(options: LicensingApiOptions = {}): Promise<LicensingApi> {
  const dataDir = options.dataDir === undefined ? null : path.resolve(options.dataDir);
  if (dataDir !== null) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  let clock = asClock(options.clock ?? Date.now);
  const now = () => clock();
  let stated: () => Instant = Date.now;
  // Certificates live in real time: the other side of the connection judges them by its own clock.
  const keys = await loadKeys(dataDir, new Date());
  const databaseFile = dataDir === null ? ':memory:' : path.join(dataDir, 'licensing-api.sqlite');
  // SQLite would make the file readable for everybody; its side files take over the mode of the file.
  if (dataDir !== null) await appendFile(databaseFile, '', { mode: 0o600 });
  const store = openStore(databaseFile);
  try {
    const tenantId = tenantOf(store);
    const context: Context = {
      now,
      store,
      keys,
      tenantId,
      tokens: await tokenService(keys, tenantId),
      codeAttempts: codeAttempts(options.codeAttempts ?? DEFAULT_CODE_ATTEMPTS, now),
    };
    const secrets = await setUpDemo(context, dataDir);
    const faults = faultQueue();
    const app = httpServer({
      context,
      certificate: await makeVariant(keys, options.certificate ?? 'valid', new Date()),
      faults,
      date: () => stated(),
      log: requestLog(
        options.logLevel ?? 'error',
        options.writeLog ?? ((line) => process.stderr.write(`${line}\n`)),
      ),
      rateLimit: options.rateLimit ?? null,
    });
    const address = await app.listen({ host: '127.0.0.1', port: options.port ?? rememberedPort(store) });
    const port = Number(new URL(address).port);
    rememberPort(store, port);

    const url = `https://localhost:${port}`;
    const products = store.settings.products();
    const profile = vendorProfile({ keys, tenantId, products, url });
    const profilePath = dataDir === null ? null : path.join(dataDir, 'vendor-profile.json');
    if (profilePath !== null) await writePrivateJson(profilePath, profile);
    return {
      url,
      portalUrl: `${url}/portal`,
      profile,
      profilePath,
      tenantId,
      productId: products[0]?.id ?? '',
      activationCode: secrets.activationCode,
      management: {
        tokenUrl: `${url}/oauth2/token`,
        clientId: managementClientId(store),
        clientSecret: secrets.clientSecret,
      },
      caPem: keys.tls.authorityCertificate,
      faults,
      store,
      setClock: (next) => {
        clock = asClock(next);
      },
      setDate: (next) => {
        stated = asClock(next);
      },
      setCertificate: async (variant) => {
        const { key, certificate } = await makeVariant(keys, variant, new Date());
        app.server.setSecureContext({ key, cert: certificate, minVersion: 'TLSv1.2' });
        app.server.closeAllConnections();
      },
      close: async () => {
        await app.close();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
