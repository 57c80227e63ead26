import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Instant } from '../../shared/license/types.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { DEFAULT_LOCK_OUT, type LockOut } from './accounts/lock-out.ts';
import { openIdVerifier, type OpenIdOptions } from './accounts/open-id.ts';
import { turns } from './accounts/turns.ts';
import { DEFAULT_CODE_ATTEMPTS, codeAttempts } from './code-attempts.ts';
import type { Context, Environment } from './context.ts';
import { PORTAL_PATHS } from './environments.ts';
import type { KeyProtection } from './key-protection.ts';
import { loadKeys, type Keys } from './keys.ts';
import { callLimiter, type CallLimits } from './limits.ts';
import type { RateLimit } from './policy/rate-limit.ts';
import { writePrivateJson } from './private-file.ts';
import { adoptVendor, managementClientId, setUpDemo, tenantOf, type DemoSecrets } from './set-up.ts';
import { openStore } from './store/store.ts';
import { tokenService } from './tokens.ts';
import type { VendorIdentity } from './vendor-identity.ts';
import { vendorProfile } from './vendor-profile.ts';
import { eventBox } from './webhooks/events.ts';
import { webhookSender, type WebhookOptions, type WebhookSender } from './webhooks/sender.ts';

/** One environment, test or live: its folder, keys, database, tenant and management client. */

export interface EnvironmentOptions {
  readonly environment: Environment;
  /** null = in memory */
  readonly dataDir: string | null;
  readonly now: () => Instant;
  readonly keyProtection: KeyProtection | null;
  readonly codeAttempts: RateLimit | undefined;
  readonly activationLimits: CallLimits | undefined;
  readonly clientCertificates: Context['clientCertificates'];
  readonly lockOut: LockOut | undefined;
  readonly openId: OpenIdOptions | undefined;
  /** Whether the profile lets users sign in. */
  readonly accounts: boolean;
  readonly webhooks: WebhookOptions | undefined;
  /** The vendor that this server stands in for as a Local License Server; null = it is the vendor's own. */
  readonly localOf: VendorIdentity | null;
  readonly onDefect: (error: unknown) => void;
}

/** What somebody needs who uses an environment. */
export interface EnvironmentAccess {
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
}

export interface OpenEnvironment {
  readonly context: Context;
  readonly sender: WebhookSender;
  /** Tells how it is reached, once the server listens, and writes the profile. @param tls the keys of the process */
  readonly announce: (url: string, tls: Keys['tls']) => Promise<EnvironmentAccess>;
  readonly close: () => Promise<void>;
}

/** @throws an Error with one clear sentence if the folder or the keys can't be used */
export async function openEnvironment(options: EnvironmentOptions): Promise<OpenEnvironment> {
  const { dataDir, environment, now } = options;
  if (dataDir !== null) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Certificates live in real time: the other side of the connection judges them by its own clock.
  const { localOf } = options;
  const name = localOf === null ? undefined : 'Latchkey local CA';
  const own = await loadKeys(dataDir, new Date(), options.keyProtection, name);
  const keys = localOf === null ? own : { ...own, ...localOf.keys };
  const databaseFile = dataDir === null ? ':memory:' : path.join(dataDir, 'licensing-api.sqlite');
  // SQLite would make the file readable for everybody; its side files take over the mode of the file.
  if (dataDir !== null) await appendFile(databaseFile, '', { mode: 0o600 });
  const store = openStore(databaseFile);
  const sender = webhookSender(store.webhooks, keys, now, options.webhooks ?? {}, options.onDefect);
  const close = async () => {
    await sender.close();
    store.close();
  };
  try {
    if (localOf !== null) adoptVendor(store, localOf);
    const tenantId = tenantOf(store);
    const context: Context = {
      environment,
      now,
      store,
      keys,
      tenantId,
      tokens: await tokenService(keys, tenantId, environment),
      codeAttempts: codeAttempts(options.codeAttempts ?? DEFAULT_CODE_ATTEMPTS, now),
      activationLimiter: callLimiter(options.activationLimits, now),
      clientCertificates: options.clientCertificates,
      events: eventBox(store.webhooks, { tenantId, environment }, now, sender.wake),
      wakeSender: sender.wake,
      lockOut: options.lockOut ?? DEFAULT_LOCK_OUT,
      signInTurns: turns(),
      openId: options.openId === undefined ? null : openIdVerifier(options.openId),
    };
    const secrets = await setUpDemo(context, dataDir);
    const announce = async (url: string, tls: Keys['tls']) => {
      sender.wake();
      const signIn = options.accounts ? (options.openId ?? null) : undefined;
      return await announced(context, secrets, dataDir, { url, tls, signIn });
    };
    return { context, sender, announce, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function announced(
  context: Context,
  secrets: DemoSecrets,
  dataDir: string | null,
  { url, tls, signIn }: Pick<Parameters<typeof vendorProfile>[0], 'url' | 'tls' | 'signIn'>,
): Promise<EnvironmentAccess> {
  const { environment, keys, store, tenantId } = context;
  const portalUrl = url + PORTAL_PATHS[environment];
  const products = store.settings.products();
  const clientCertificates = context.clientCertificates.required ? 'enrol' : 'none';
  const profile = vendorProfile({
    environment,
    keys,
    tls,
    tenantId,
    products,
    url,
    portalUrl,
    clientCertificates,
    signIn,
  });
  const profilePath = dataDir === null ? null : path.join(dataDir, 'vendor-profile.json');
  if (profilePath !== null) await writePrivateJson(profilePath, profile);
  return {
    portalUrl,
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
  };
}
