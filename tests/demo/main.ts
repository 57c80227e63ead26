import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseProfile, type VendorProfile } from '../../shared/profile.ts';
import { writePrivateJson } from '../licensing-api/private-file.ts';
import { startLicensingApi, type LicensingApi } from '../licensing-api/server.ts';
import { startIdentityProvider, type IdentityProvider } from '../support/identity-provider.ts';
import { DEMO_USER, ensureAccount } from './account.ts';
import type { DemoServers, LocalServer } from './announcement.ts';
import { demoBundleKey, demoPassword, type BundleKey } from './secrets.ts';

/**
 * The servers of `npm start`, in one process: the reference Licensing API with accounts, client certificates and a key
 * for support bundles, an OpenID provider, and a Local License Server. `node tests/demo/main.ts --data DIR` prints one
 * line of JSON as soon as the application can be opened, and a second one when the local server is there too.
 */

type Closable = Pick<LicensingApi | IdentityProvider, 'close'>;

const open: Closable[] = [];
let closing = false;

function keep<T extends Closable>(one: T): T {
  open.push(one);
  return one;
}

async function closeAll(): Promise<void> {
  if (closing) return;
  closing = true;
  for (const one of open.toReversed()) await one.close();
  process.exit();
}

/** The server's own profile, with the key that it knows nothing of. */
async function writeProfile(folder: string, profile: VendorProfile, { publicKey }: BundleKey) {
  const parsed = parseProfile({ ...profile, support: { bundleKey: publicKey } });
  if (!parsed.ok) throw new Error(`the demo's profile is not valid: ${JSON.stringify(parsed.error)}`);
  const file = path.join(folder, 'vendor-profile.json');
  await writePrivateJson(file, parsed.value);
  return file;
}

async function startCloud(folder: string) {
  const provider = keep(await startIdentityProvider());
  const { issuer, clientId: audience, ca } = provider;
  const server = keep(
    await startLicensingApi({
      dataDir: path.join(folder, 'licensing-api'),
      requireClientCertificate: true,
      accounts: true,
      openId: { issuer, audience, ca },
      logLevel: 'info',
    }),
  );
  const password = await demoPassword(folder);
  await ensureAccount(server, password);
  const bundleKey = await demoBundleKey(folder);
  const told: DemoServers = {
    url: server.url,
    portalUrl: server.portalUrl,
    profile: await writeProfile(folder, server.profile, bundleKey),
    activationCode: server.activationCode,
    account: { username: DEMO_USER, password },
    openId: { issuer, ca },
    bundleKey: bundleKey.file,
  };
  return { server, told };
}

async function startLocal(folder: string, { vendor }: LicensingApi): Promise<LocalServer> {
  const server = keep(
    await startLicensingApi({
      dataDir: path.join(folder, 'local-server'),
      requireClientCertificate: true,
      localOf: vendor,
      logLevel: 'info',
    }),
  );
  const ca = path.join(folder, 'local-server', 'server-ca.pem');
  await writeFile(ca, server.caPem, { mode: 0o600 });
  return { url: server.url, ca, activationCode: server.activationCode };
}

const tell = (line: DemoServers | LocalServer) => process.stdout.write(`${JSON.stringify(line)}\n`);

process.on('SIGINT', () => void closeAll());
process.on('SIGTERM', () => void closeAll());
try {
  const { data } = parseArgs({ options: { data: { type: 'string' } } }).values;
  if (data === undefined) throw new Error('usage: node tests/demo/main.ts --data DIR');
  const folder = path.resolve(data);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { server, told } = await startCloud(folder);
  tell(told);
  tell(await startLocal(folder, server));
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
  await closeAll();
}
