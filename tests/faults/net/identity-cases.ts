import type { TlsOptions } from 'node:tls';
import type { ClientIdentity } from '../../../electron/api/client-identity.ts';
import { companyAuthority, companyCertificate } from '../../support/device-certificates.ts';
import { through } from './behind-proxies.ts';
import type { Expected, NetCase, World } from './case.ts';
import { shower } from './certificate-cases.ts';
import { SOME } from './kinds.ts';
import { INSPECTION_NAME, type CertificateOptions } from './pki.ts';
import { httpProxy } from './proxies.ts';

/** Devices with a certificate of their own, at servers that ask for one and at strangers who would like to see it. */

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
type Version = (typeof VERSIONS)[number];
type Authority = Awaited<ReturnType<typeof companyAuthority>>;

const identityFrom = async (authority: Authority, days?: number): Promise<ClientIdentity> => {
  const { key, chain } = await companyCertificate(authority, days);
  return { key, chain: chain.join('') };
};

const asking = (version: Version, authority: Authority, isDemanded: boolean): TlsOptions => ({
  requestCert: true,
  rejectUnauthorized: isDemanded,
  ca: authority.certificate,
  minVersion: version,
  maxVersion: version,
});

/** The right server, which breaks off where it is not shown a certificate of its clients' authority. */
const insisting = (
  name: string,
  version: Version,
  shown: (authority: Authority) => Promise<ClientIdentity | undefined>,
  expected: Expected,
): NetCase => ({
  name: `device: ${name}, ${version}`,
  kinds: SOME,
  arrange: async (world) => {
    const authority = await companyAuthority();
    const { port, heard } = await shower(world, await world.pki.certify(), asking(version, authority, true));
    const identity = await shown(authority);
    return {
      settings: { url: `https://localhost:${port}` },
      server: heard,
      ...(identity === undefined ? {} : { identity }),
    };
  },
  expect: () => expected,
});

/** With TLS 1.3 a server says what it thinks of a certificate only after the client has taken the connection for made. */
const refused = (version: Version, ...codes: readonly string[]): Expected => ({
  codes: ['serverUnreachable', ...codes],
  end: version === 'TLSv1.2' ? ['unsent'] : ['unsent', 'unknown'],
  requests: 0,
});

/** Somebody in the place of the server who asks for a certificate and gets to hear nothing. */
const inPlaceOf = (
  name: string,
  version: Version,
  certificate: (world: World) => CertificateOptions,
  expected: Pick<Expected, 'codes' | 'facts'>,
  isProxied = false,
): NetCase => ({
  name: `device: ${name}, ${version}`,
  kinds: SOME,
  arrange: async (world) => {
    const authority = await companyAuthority();
    const pem = await world.pki.certify(certificate(world));
    const { port, heard } = await shower(world, pem, asking(version, authority, false));
    const identity = await identityFrom(authority);
    if (!isProxied) return { settings: { url: `https://localhost:${port}` }, strangers: [heard], identity };
    const proxy = await world.keep(httpProxy({ leadsTo: port }));
    return {
      settings: { url: 'https://localhost:8443', network: through([proxy.proxy]) },
      strangers: [heard],
      between: [proxy.heard],
      identity,
    };
  },
  expect: () => ({ ...expected, end: ['unsent'] }),
});

export const IDENTITY_CASES: readonly NetCase[] = VERSIONS.flatMap((version) => [
  insisting('shows its certificate to a server that insists on one', version, identityFrom, {
    codes: ['ok'],
    requests: 1,
  }),
  insisting(
    'has no certificate for a server that insists on one',
    version,
    () => Promise.resolve(undefined),
    refused(version, 'clientCertificateRequired', 'tlsFailed'),
  ),
  insisting(
    'has a certificate of another authority',
    version,
    async () => identityFrom(await companyAuthority()),
    refused(version, 'clientCertificateRefused', 'tlsFailed'),
  ),
  insisting(
    'has a certificate that has expired',
    version,
    (authority) => identityFrom(authority, -3),
    refused(version, 'clientCertificateRefused', 'tlsFailed'),
  ),
  inPlaceOf(
    'is asked by another authority of the right name',
    version,
    ({ pki }) => ({ authority: pki.namesake, key: pki.otherKey }),
    { codes: ['certificateUntrusted'] },
  ),
  inPlaceOf(
    'is asked by the right authority with a wrong key',
    version,
    ({ pki }) => ({ key: pki.otherKey }),
    {
      codes: ['pinMismatch'],
    },
  ),
  inPlaceOf(
    'is asked behind a proxy that reads along',
    version,
    ({ pki }) => ({ authority: pki.inspection, key: pki.otherKey }),
    { codes: ['certificateUntrusted'], facts: { issuer: INSPECTION_NAME } },
    true,
  ),
]);
