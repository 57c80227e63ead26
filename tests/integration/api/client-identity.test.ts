import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClientIdentity } from '../../../electron/api/client-identity.ts';
import type { Network } from '../../../electron/api/network.ts';
import { STRAIGHT } from '../../../electron/api/network.ts';
import { PinnedAgent } from '../../../electron/api/pinned-agent.ts';
import { createTransport } from '../../../electron/api/transport.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import {
  makeAuthority,
  makeKeyPem,
  makeServerCertificate,
  pinOf,
  type Pem,
} from '../../licensing-api/tls/certificates.ts';
import { companyAuthority, companyCertificate } from '../../support/device-certificates.ts';

/** What a server, and whoever stands in its place, sees of the certificate of a device. */

const DAY = 24 * 60 * 60_000;
const clients = await companyAuthority();
const asIdentity = ({ key, chain }: Awaited<ReturnType<typeof companyCertificate>>): ClientIdentity => ({
  key,
  chain: chain.join(''),
});
const identity = asIdentity(await companyCertificate(clients));
const second = asIdentity(await companyCertificate(clients));
const foreign = asIdentity(await companyCertificate(await companyAuthority()));
const authority = await makeAuthority('Server CA', new Date());
const key = await makeKeyPem();

const pemOf = async (own: string): Promise<Pem> => ({
  key: own,
  certificate: await makeServerCertificate({
    authority,
    key: own,
    names: [{ type: 'dns', value: 'localhost' }],
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
  }),
});

type Version = 'TLSv1.2' | 'TLSv1.3';

/** A server that breaks the handshake off without a certificate of its clients' CA. */
async function strictServer(pem: Pem, version: Version, rejectUnauthorized = true) {
  const requests: (string | undefined)[] = [];
  const shown: (string | undefined)[] = [];
  const server = createServer(
    {
      key: pem.key,
      cert: pem.certificate,
      ca: clients.certificate,
      requestCert: true,
      rejectUnauthorized,
      minVersion: version,
      maxVersion: version,
    },
    (request, response) => {
      const { socket } = request;
      requests.push(
        socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.fingerprint256 : undefined,
      );
      response.writeHead(204).end();
    },
  );
  server.on('secureConnection', (socket) => shown.push(socket.getPeerX509Certificate()?.fingerprint256));
  server.on('tlsClientError', () => undefined);
  const closed = new Promise<void>((resolve) => {
    server.on('connection', (socket) => socket.once('close', () => resolve()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { requests, shown, closed, url: new URL(`https://localhost:${port}/`) };
}

function agent(network: Network = STRAIGHT): PinnedAgent {
  const made = new PinnedAgent({
    pins: () => [{ sha256: pinOf(key) }],
    pinning: 'required',
    ca: authority.certificate,
    clock: systemClock,
    random: systemRandom,
    network,
    onAccepted: () => undefined,
  });
  onTestFinished(() => made.destroy());
  return made;
}

const call = async (through: PinnedAgent, url: URL, shown?: ClientIdentity): Promise<string> => {
  const outcome = await createTransport(through)({ method: 'GET', url, headers: {}, identity: shown });
  return outcome.ok ? String(outcome.value.status) : outcome.error.failure.code;
};

describe.each<Version>(['TLSv1.2', 'TLSv1.3'])('a server that insists on a certificate, %s', (version) => {
  it('answers whoever shows one of its CA, and says of others what is wrong', async () => {
    const { url, requests } = await strictServer(await pemOf(key), version);
    const through = agent();
    expect(await call(through, url, identity)).toBe('204');
    // Node's server hangs up without a word about it.
    expect(await call(through, url, foreign)).toBe('serverUnreachable');
    const without =
      version === 'TLSv1.3' ? /^(?:clientCertificateRequired|serverUnreachable)$/ : /^tlsFailed$/;
    expect(await call(through, url)).toMatch(without);
    expect(requests).toHaveLength(1);
  });

  it('never sees one certificate in the place of another', async () => {
    const { url, requests } = await strictServer(await pemOf(key), version, false);
    const through = agent();
    for (const shown of [identity, second, identity, undefined, second]) await call(through, url, shown);
    const [one, two, again, none, last] = requests;
    expect([again, none, last]).toEqual([one, undefined, two]);
    expect(one).not.toBe(two);
  });

  it('whose key is not pinned hears no request, and with TLS 1.3 sees no certificate either', async () => {
    const { url, requests, shown, closed } = await strictServer(await pemOf(await makeKeyPem()), version);
    expect(await call(agent(), url, identity)).toBe('pinMismatch');
    await closed;
    expect(requests).toEqual([]);
    // TLS 1.2 sends it before anything can be verified; it is public, and its key stays here.
    expect(shown).toHaveLength(version === 'TLSv1.3' ? 0 : 1);
  });
});

describe('a proxy that is spoken to over TLS and asks for a certificate', () => {
  it('sees none', async () => {
    const seen: boolean[] = [];
    const pem = await pemOf(key);
    const proxy = createTlsServer(
      { key: pem.key, cert: pem.certificate, requestCert: true, rejectUnauthorized: false },
      (socket) => {
        seen.push(socket.getPeerX509Certificate() === undefined);
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end('HTTP/1.1 403 no\r\n\r\n'));
      },
    );
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const network: Network = {
      ...STRAIGHT,
      routesTo: () => Promise.resolve([{ scheme: 'https', host: 'localhost', port }]),
    };
    expect(await call(agent(network), new URL('https://localhost:1/'), identity)).toBe('proxyRefused');
    expect(seen).toEqual([true]);
  });
});
