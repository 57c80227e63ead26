import { constants } from 'node:crypto';
import type { ServerOptions } from 'node:https';
import path from 'node:path';
import type { Instant } from '../../shared/license/types.ts';
import type { LockOut } from './accounts/lock-out.ts';
import type { OpenIdOptions } from './accounts/open-id.ts';
import { openEnvironment, type EnvironmentAccess, type OpenEnvironment } from './environment.ts';
import { faultQueue, type Faults } from './faults.ts';
import { httpServer } from './http.ts';
import type { KeyProtection } from './key-protection.ts';
import type { Keys, PrivateJwk } from './keys.ts';
import type { Limits } from './limits.ts';
import type { RateLimit } from './policy/rate-limit.ts';
import { requestLog, type LogLevel } from './request-log.ts';
import { rememberedPort, rememberPort } from './set-up.ts';
import type { Store } from './store/store.ts';
import { pinOf } from './tls/certificates.ts';
import { makeVariant, type CertificateVariant } from './tls/variants.ts';
import type { VendorIdentity } from './vendor-identity.ts';
import type { WebhookOptions } from './webhooks/sender.ts';

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
  /** By the second and at once, per caller and per activation; none without it. */
  readonly limits?: Limits;
  /** Wrong activation codes per address and per code in the portal and the offline calls; ten in a quarter of an hour without it. */
  readonly codeAttempts?: RateLimit;
  /** Whether calls of an activation need its client certificate. */
  readonly requireClientCertificate?: boolean;
  /** How long client certificates are good, in milliseconds of the server's clock; a week without it. */
  readonly clientCertificateLifeMs?: number;
  /** PEM of CAs of administrators, whose certificates are good for every activation; none without it. */
  readonly clientAuthorities?: readonly string[];
  /** What keys are encrypted with in the folder; a key file beside them without it, which protects copies of one only. */
  readonly keyProtection?: KeyProtection;
  /** Serves the live environment beside the test one. */
  readonly live?: boolean;
  /** Wrong passwords until an account is locked, and for how long; five, and a quarter of an hour, without it. */
  readonly lockOut?: LockOut;
  /** The OpenID provider whose tokens activate; none without it. */
  readonly openId?: OpenIdOptions;
  /** Whether the vendor profile lets users sign in: with a password, and at the OpenID provider where there is one. */
  readonly accounts?: boolean;
  readonly webhooks?: WebhookOptions;
  /** Makes it a Local License Server of this vendor. */
  readonly localOf?: VendorIdentity;
  readonly logLevel?: LogLevel;
  /** Takes the log, line by line; stderr without it. */
  readonly writeLog?: (line: string) => void;
}

/** How the test environment is reached, and what holds for the whole server. */
export interface LicensingApi extends EnvironmentAccess {
  /** `https://localhost:PORT`, no slash at the end. */
  readonly url: string;
  /** The live environment, if it was asked for. */
  readonly live: EnvironmentAccess | null;
  /** The private CA of the server's certificate. */
  readonly caPem: string;
  /** The pin of its key. */
  readonly pin: string;
  /** What a Local License Server of this vendor needs. */
  readonly vendor: VendorIdentity;
  /** The key that requests are encrypted to, with its private half, for tests of what a vendor's own server does. */
  readonly encryptionKey: PrivateJwk;
  readonly faults: Faults;
  /** What the server holds (in the test environment), for tests that compare it with what a client believes. */
  readonly store: Store;
  /** Sends every webhook that is due by the server's clock; resolves when all of them were tried. */
  readonly sendWebhooks: () => Promise<void>;
  /** Sets the server's clock: an instant at which it stands still, or a function. Server certificates keep real time. */
  readonly setClock: (clock: Instant | (() => Instant)) => void;
  /** Sets what answers state as the time (`Date`), which is the real one even if the server's clock is another. */
  readonly setDate: (clock: Instant | (() => Instant)) => void;
  /** Shows another certificate from the next connection on, and ends the present ones. */
  readonly setCertificate: (variant: CertificateVariant) => Promise<void>;
  readonly close: () => Promise<void>;
}

const CERTIFICATE_LIFE_MS = 7 * 24 * 60 * 60_000;

const asClock = (clock: Instant | (() => Instant)): (() => Instant) =>
  typeof clock === 'number' ? () => clock : clock;

/**
 * What the server shows in the handshake and asks for. A client certificate is asked for but not insisted on: see
 * `client-certificate.ts`. Where it is needed, no session is resumed, so that each connection proves its key anew.
 */
async function tlsOptions(
  keys: Keys,
  variant: CertificateVariant,
  authorities: readonly string[],
): Promise<ServerOptions> {
  const { key, certificate } = await makeVariant(keys, variant, new Date());
  const own = { key, cert: certificate, minVersion: 'TLSv1.2' } as const;
  if (authorities.length === 0) return own;
  return {
    ...own,
    ca: [...authorities],
    requestCert: true,
    rejectUnauthorized: false,
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/**
 * Starts the reference Licensing API on 127.0.0.1 over HTTPS.
 * @throws an Error with one clear sentence if the folder can't be used or the port is taken
 */
export async function startLicensingApi(options: LicensingApiOptions = {}): Promise<LicensingApi> {
  const dataDir = options.dataDir === undefined ? null : path.resolve(options.dataDir);
  let clock = asClock(options.clock ?? Date.now);
  const now = () => clock();
  let stated: () => Instant = Date.now;
  const log = requestLog(
    options.logLevel ?? 'error',
    options.writeLog ?? ((line) => process.stderr.write(`${line}\n`)),
  );
  const required = options.requireClientCertificate ?? false;
  const common = {
    now,
    keyProtection: options.keyProtection ?? null,
    codeAttempts: options.codeAttempts,
    activationLimits: options.limits?.activation,
    clientCertificates: {
      required,
      lifeMs: options.clientCertificateLifeMs ?? CERTIFICATE_LIFE_MS,
      authorities: options.clientAuthorities ?? [],
    },
    lockOut: options.lockOut,
    openId: options.openId,
    accounts: options.accounts ?? false,
    webhooks: options.webhooks,
    localOf: options.localOf ?? null,
    onDefect: (error: unknown) => log.defect('webhooks', error),
  };
  const open: OpenEnvironment[] = [];
  const closeAll = async () => {
    for (const environment of open.toReversed()) await environment.close();
  };
  try {
    const test = await openEnvironment({ ...common, environment: 'test', dataDir });
    open.push(test);
    const live =
      options.live === true
        ? await openEnvironment({
            ...common,
            environment: 'live',
            dataDir: dataDir === null ? null : path.join(dataDir, 'live'),
          })
        : null;
    if (live !== null) open.push(live);
    const { keys, store } = test.context;
    const authorities = required
      ? [
          ...open.map((it) => it.context.keys.clientAuthority.certificate),
          ...(options.clientAuthorities ?? []),
        ]
      : [];
    const faults = faultQueue();
    const app = httpServer({
      environments: { test: test.context, live: live?.context ?? null },
      tls: await tlsOptions(keys, options.certificate ?? 'valid', authorities),
      faults,
      date: () => stated(),
      log,
      rateLimit: options.rateLimit ?? null,
      callerLimits: options.limits?.caller,
    });
    const address = await app.listen({ host: '127.0.0.1', port: options.port ?? rememberedPort(store) });
    const port = Number(new URL(address).port);
    rememberPort(store, port);
    const url = `https://localhost:${port}`;
    return {
      ...(await test.announce(url, keys.tls)),
      url,
      live: live === null ? null : await live.announce(url, keys.tls),
      caPem: keys.tls.authorityCertificate,
      pin: pinOf(keys.tls.serverKey),
      vendor: {
        tenantId: test.context.tenantId,
        products: store.settings.products(),
        keys: {
          signing: keys.signing,
          encryption: keys.encryption,
          fingerprintSalt: keys.fingerprintSalt,
        },
      },
      encryptionKey: keys.encryption,
      faults,
      store,
      sendWebhooks: async () => {
        await Promise.all(open.map((it) => it.sender.flush()));
      },
      setClock: (next) => {
        clock = asClock(next);
      },
      setDate: (next) => {
        stated = asClock(next);
      },
      setCertificate: async (variant) => {
        app.server.setSecureContext(await tlsOptions(keys, variant, authorities));
        app.server.closeAllConnections();
      },
      close: async () => {
        await app.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
