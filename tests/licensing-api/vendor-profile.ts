import type { VendorProfile } from '../../shared/profile.ts';
import { parseProfile } from '../../shared/profile.ts';
import type { OpenIdOptions } from './accounts/open-id.ts';
import type { Environment } from './context.ts';
import { DEMO_BRAND, DEMO_EDITIONS } from './demo.ts';
import { publicServerKeys, type Keys } from './keys.ts';
import { pinOf } from './tls/certificates.ts';

/** What a vendor would ship for this server. @throws if it does not pass the profile's own check, a defect */
export function vendorProfile(server: {
  readonly environment: Environment;
  readonly keys: Keys;
  /** Of the process: test and live answer at one address. */
  readonly tls: Keys['tls'];
  readonly portalUrl: string;
  readonly tenantId: string;
  readonly products: readonly { readonly id: string; readonly name: string }[];
  readonly url: string;
  readonly clientCertificates: VendorProfile['api']['clientCertificates'];
  /** Users may sign in: with a password, and at this provider; undefined = they can't. */
  readonly signIn: OpenIdOptions | null | undefined;
}): VendorProfile {
  const parsed = parseProfile({
    profileVersion: 1,
    environment: server.environment,
    tenantId: server.tenantId,
    vendor: {
      name: DEMO_BRAND.vendor,
      website: 'https://orbit.example/',
      support: { email: DEMO_BRAND.supportEmail, url: 'https://orbit.example/support' },
    },
    application: { name: DEMO_BRAND.application, id: 'example.orbit.latchkey' },
    products: server.products.map((it) => ({ productId: it.id, name: it.name, editions: DEMO_EDITIONS })),
    api: {
      url: server.url,
      pinning: 'required',
      pins: [{ sha256: pinOf(server.tls.serverKey) }, { sha256: pinOf(server.tls.backupKey) }],
      ca: [server.tls.authorityCertificate, server.signIn?.ca ?? []].flat().join('\n'),
      portalUrl: server.portalUrl,
      clientCertificates: server.clientCertificates,
    },
    localServer: 'allowed',
    ...(server.signIn === undefined ? {} : { accounts: accountsOf(server.signIn) }),
    serverKeys: publicServerKeys(server.keys).map(({ kid, use, crv, x }) => ({ kid, use, crv, x })),
    fingerprint: { salt: server.keys.fingerprintSalt, virtualMachines: 'allowed' },
    appearance: { accent: DEMO_BRAND.accent, accentDark: DEMO_BRAND.accentDark },
  });
  if (!parsed.ok) throw new Error(`the vendor profile is not valid: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

function accountsOf(provider: OpenIdOptions | null) {
  if (provider === null) return { password: true };
  return { password: true, openId: { issuer: provider.issuer, clientId: provider.audience } };
}
