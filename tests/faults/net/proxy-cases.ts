import { STRAIGHT, type Network, type ProxyLogin } from '../../../electron/api/network.ts';
import { fine, loginOf, plainLogin, server, through, unsent } from './behind-proxies.ts';
import type { NetCase, Stage, World } from './case.ts';
import { shower } from './certificate-cases.ts';
import { INSPECTION_NAME } from './pki.ts';
import { askLogin, httpProxy, isBasicFor, isDigestFor, type HttpProxyRules } from './proxies.ts';

/** Proxies on the way: honest, demanding, broken and hostile ones. */

/** A case with one HTTP proxy in front of the right server. */
function behind(
  name: string,
  rules: (world: World) => Omit<HttpProxyRules, 'leadsTo'>,
  expect: NetCase['expect'],
  login: (world: World) => ProxyLogin | null = () => null,
): NetCase {
  return {
    name: `proxy: ${name}`,
    arrange: async (world) => {
      const peer = await server(world);
      const proxy = await world.keep(httpProxy({ leadsTo: peer.port, ...rules(world) }));
      return {
        settings: { url: `https://localhost:${peer.port}`, network: through([proxy.proxy], login(world)) },
        server: peer.heard,
        between: [proxy.heard],
      };
    },
    expect,
  };
}

const REALM = 'Harbour Works';
const NONCE = 'bm9uY2U6MTIz';
const digest = (algorithm: string) =>
  `Digest realm="${REALM}", qop="auth, auth-int", algorithm=${algorithm}, nonce="${NONCE}", opaque="xyz"`;

/** Lets a client in whose answer is right. Only a Basic answer tells the password, to whoever asked for it. */
const demanding: readonly NetCase[] = [
  behind(
    'asks for a login that is not there',
    () => ({ refuse: () => askLogin('Basic realm="x"') }),
    unsent('proxyAuthRequired'),
  ),
  behind(
    'takes a Digest login by SHA-256',
    (world) => ({
      refuse: (head) =>
        isDigestFor(head, plainLogin(world), { realm: REALM, nonce: NONCE, algorithm: 'SHA-256' })
          ? null
          : askLogin('Basic realm="x"', digest('MD5'), digest('SHA-256')),
    }),
    fine,
    loginOf,
  ),
  behind(
    'takes a Digest login by MD5',
    (world) => ({
      refuse: (head) =>
        isDigestFor(head, plainLogin(world), { realm: REALM, nonce: NONCE, algorithm: 'MD5' })
          ? null
          : askLogin(`Negotiate, ${digest('MD5')}`),
    }),
    fine,
    loginOf,
  ),
  behind(
    'does not take the Digest login',
    () => ({ refuse: () => askLogin(digest('SHA-256')) }),
    unsent('proxyAuthRequired'),
    loginOf,
  ),
  behind(
    'asks for what is not spoken',
    () => ({ refuse: () => askLogin('Negotiate', 'NTLM') }),
    unsent('proxyAuthRequired'),
    loginOf,
  ),
  behind(
    'asks for a login and says nothing of how',
    () => ({ refuse: () => 'HTTP/1.1 407 Sorry\r\n\r\n' }),
    unsent('proxyAuthRequired'),
    loginOf,
  ),
  behind(
    'answers in the place of the server',
    () => ({
      refuse: () =>
        'HTTP/1.1 407 Sorry\r\nContent-Type: application/json\r\nN-Nonce: forged\r\nContent-Length: 2\r\n\r\n{}',
    }),
    unsent('proxyAuthRequired'),
  ),
];

/** Basic tells the password to the proxy, so the proxy itself is not searched for it. */
const basic = (name: string, password: string | undefined, expect: NetCase['expect']): NetCase => ({
  name: `proxy: ${name}`,
  arrange: async (world) => {
    const peer = await server(world);
    const right = plainLogin(world);
    const refuse = (head: string) =>
      isBasicFor(head, right) ? null : askLogin('Basic realm="x", charset="UTF-8"');
    const proxy = await world.keep(httpProxy({ leadsTo: peer.port, refuse }));
    return {
      settings: {
        url: `https://localhost:${peer.port}`,
        network: through([proxy.proxy], loginOf(world, password)),
      },
      server: peer.heard,
    };
  },
  expect,
});

const refusing: readonly NetCase[] = [
  behind('passes on', () => ({}), fine),
  basic('takes a Basic login', undefined, fine),
  basic('does not take the Basic login', 'a-wrong-password', unsent('proxyAuthRequired')),
  ...demanding,
  behind(
    'lets nobody through',
    () => ({ refuse: () => 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n' }),
    unsent('proxyRefused'),
  ),
  behind(
    'sends elsewhere',
    () => ({ refuse: () => 'HTTP/1.1 302 Found\r\nLocation: https://sign.in.example/\r\n\r\n' }),
    unsent('proxyRefused'),
  ),
  ...[502, 503, 504].map((status) =>
    behind(
      `says ${status}`,
      () => ({ refuse: () => `HTTP/1.1 ${status} Sorry\r\n\r\n` }),
      unsent('serverUnreachable'),
    ),
  ),
  behind('speaks no HTTP', () => ({ refuse: () => 'SSH-2.0-OpenSSH\r\n' }), unsent('proxyUnreachable')),
  behind(
    'has an endless header',
    () => ({ refuse: () => `HTTP/1.1 200 OK\r\n${'X-More: 1\r\n'.repeat(9000)}\r\n` }),
    unsent('proxyUnreachable'),
  ),
  behind('hangs up', () => ({ refuse: () => '' }), unsent('proxyUnreachable')),
  behind(
    'talks before the client has',
    () => ({ prelude: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}' }),
    unsent('proxyRefused'),
  ),
];

/** A tunnel that ends at somebody who reads and would pass on. */
const intercepted = (
  name: string,
  settings: (world: World) => Partial<Stage['settings']>,
  expect: NetCase['expect'],
): NetCase => ({
  name: `proxy: ${name}`,
  arrange: async (world) => {
    const { pki } = world;
    const reader = await shower(world, await pki.certify({ authority: pki.inspection, key: pki.otherKey }));
    const proxy = await world.keep(httpProxy({ leadsTo: reader.port }));
    const { network = STRAIGHT, ...rest } = settings(world);
    return {
      settings: {
        url: 'https://localhost:8443',
        ...rest,
        network: { ...network, routesTo: () => Promise.resolve([proxy.proxy]) },
      },
      ...(rest.pinning === 'report' ? { server: reader.heard } : { strangers: [reader.heard] }),
      between: [proxy.heard],
    };
  },
  expect,
});

const trusting = ({ pki }: World): Network => ({
  ...STRAIGHT,
  systemRoots: () => [pki.inspection.certificate],
});
const named =
  (code: string): NetCase['expect'] =>
  () => ({ codes: [code], end: ['unsent'], facts: { issuer: INSPECTION_NAME } });

const intercepting: readonly NetCase[] = [
  intercepted('reads along, and nobody trusts it', () => ({}), named('certificateUntrusted')),
  intercepted(
    'reads along, and the system trusts it',
    (world) => ({ network: trusting(world) }),
    named('pinMismatch'),
  ),
  intercepted(
    'reads along, where pins are only reported',
    (world) => ({ network: trusting(world), pinning: 'report' }),
    fine,
  ),
];

export const PROXY_CASES: readonly NetCase[] = [...refusing, ...intercepting];
