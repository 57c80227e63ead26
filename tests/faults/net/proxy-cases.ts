import type { NetCase, Stage, World } from './case.ts';
import { STRAIGHT, type Network, type ProxyLogin, type Route } from '../../../electron/api/network.ts';
import { SOME } from './answer-cases.ts';
import { shower } from './certificate-cases.ts';
import { plainPeer, type TlsPeer } from './peers.ts';
import { INSPECTION_NAME } from './pki.ts';
import { askLogin, httpProxy, isBasicFor, isDigestFor, socksProxy, type HttpProxyRules } from './proxies.ts';

/** Ways through proxies: honest, demanding, broken and hostile ones. */

/** A port on which nobody listens: it was free a moment ago. */
async function deadPort(): Promise<number> {
  const peer = await plainPeer(() => undefined);
  await peer.close();
  return peer.port;
}

function through(routes: readonly Route[], login: ProxyLogin | null = null): Network {
  return { ...STRAIGHT, routesTo: () => Promise.resolve(routes), loginFor: () => Promise.resolve(login) };
}

const server = async (world: World): Promise<TlsPeer> => shower(world, await world.pki.certify());
const loginOf = ({ secrets }: World, password = secrets.proxyPassword): ProxyLogin => ({
  username: 'clerk',
  password,
});

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

const fine: NetCase['expect'] = () => ({ codes: ['ok'], requests: 1 });
const unsent =
  (code: string): NetCase['expect'] =>
  () => ({ codes: [code], end: ['unsent'], requests: 0 });

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
        isDigestFor(head, loginOf(world), { realm: REALM, nonce: NONCE, algorithm: 'SHA-256' })
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
        isDigestFor(head, loginOf(world), { realm: REALM, nonce: NONCE, algorithm: 'MD5' })
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
    const right = loginOf(world);
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

/** Several ways, as a PAC script lists them. */
const lists: readonly NetCase[] = [
  {
    name: 'proxy: the first is down, the second works',
    arrange: async (world) => {
      const peer = await server(world);
      const proxy = await world.keep(httpProxy({ leadsTo: peer.port }));
      const dead = { scheme: 'http', host: '127.0.0.1', port: await deadPort() } as const;
      return {
        settings: { url: `https://localhost:${peer.port}`, network: through([dead, proxy.proxy]) },
        server: peer.heard,
        between: [proxy.heard],
      };
    },
    expect: fine,
  },
  {
    name: 'proxy: the first is down, the straight way works',
    kinds: SOME,
    arrange: async (world) => {
      const peer = await server(world);
      const dead = { scheme: 'https', host: 'no-such-proxy.invalid', port: 3128 } as const;
      return {
        settings: { url: `https://localhost:${peer.port}`, network: through([dead, null]) },
        server: peer.heard,
      };
    },
    expect: fine,
  },
  {
    name: 'proxy: the first is silent, the second works',
    kinds: SOME,
    arrange: async (world) => {
      const peer = await server(world);
      const silent = await world.keep(plainPeer(() => undefined));
      const proxy = await world.keep(httpProxy({ leadsTo: peer.port }));
      const first = { scheme: 'http', host: '127.0.0.1', port: silent.port } as const;
      return {
        settings: {
          url: `https://localhost:${peer.port}`,
          timeoutPerRoute: 700,
          network: through([first, proxy.proxy]),
        },
        server: peer.heard,
        between: [proxy.heard],
      };
    },
    // The second way has its own time, which a busy machine may need longer than the first was given.
    expect: () => ({ codes: ['ok', 'proxyUnreachable'] }),
  },
  {
    name: 'proxy: all are down',
    kinds: SOME,
    arrange: async (world) => {
      const peer = await server(world);
      const dead = { scheme: 'socks5', host: '127.0.0.1', port: await deadPort() } as const;
      const none = { scheme: 'http', host: 'no-such-proxy.invalid', port: 3128 } as const;
      return {
        settings: { url: `https://localhost:${peer.port}`, network: through([none, dead]) },
        server: peer.heard,
      };
    },
    expect: () => ({
      codes: ['proxyUnreachable'],
      end: ['unsent'],
      requests: 0,
      facts: { proxy: 'no-such-proxy.invalid:3128' },
    }),
  },
  {
    name: 'proxy: forbids, and is not gone round',
    arrange: async (world) => {
      const peer = await server(world);
      const proxy = await world.keep(
        httpProxy({ leadsTo: peer.port, refuse: () => 'HTTP/1.1 403 No\r\n\r\n' }),
      );
      return {
        settings: { url: `https://localhost:${peer.port}`, network: through([proxy.proxy, null]) },
        server: peer.heard,
        between: [proxy.heard],
      };
    },
    expect: unsent('proxyRefused'),
  },
];

const overTls = (name: string, isTrusted: boolean, expect: NetCase['expect']): NetCase => ({
  name: `proxy: ${name}`,
  arrange: async (world) => {
    const { pki } = world;
    const peer = await server(world);
    const pem = await pki.certify({ authority: pki.inspection, key: pki.otherKey });
    const proxy = await world.keep(httpProxy({ leadsTo: peer.port, pem }));
    const network = {
      ...through([proxy.proxy]),
      ...(isTrusted ? { systemRoots: () => [pki.inspection.certificate] } : {}),
    };
    return {
      settings: { url: `https://localhost:${peer.port}`, network },
      server: peer.heard,
      between: [proxy.heard],
    };
  },
  expect,
});

const socks = (
  name: string,
  options: { readonly wants?: boolean; readonly login?: 'right' | 'wrong'; readonly reply?: number },
  expect: NetCase['expect'],
): NetCase => ({
  name: `proxy: SOCKS ${name}`,
  arrange: async (world) => {
    const peer = await server(world);
    const right = loginOf(world);
    const proxy = await world.keep(
      socksProxy({
        leadsTo: peer.port,
        ...(options.wants === true ? { login: right } : {}),
        ...(options.reply === undefined ? {} : { reply: options.reply }),
      }),
    );
    const given =
      options.login === undefined
        ? null
        : options.login === 'right'
          ? right
          : loginOf(world, 'a-wrong-password');
    return {
      settings: { url: `https://localhost:${peer.port}`, network: through([proxy.proxy], given) },
      server: peer.heard,
      between: [proxy.heard],
    };
  },
  expect,
});

const others: readonly NetCase[] = [
  overTls('spoken to over TLS', true, fine),
  overTls('spoken to over TLS with a certificate that nobody trusts', false, unsent('proxyUnreachable')),
  socks('passes on', {}, fine),
  socks('takes a login', { wants: true, login: 'right' }, fine),
  socks('does not take the login', { wants: true, login: 'wrong' }, unsent('proxyAuthRequired')),
  socks('asks for a login that is not there', { wants: true }, unsent('proxyAuthRequired')),
  socks('forbids', { reply: 2 }, unsent('proxyRefused')),
  socks('does not get there', { reply: 5 }, unsent('serverUnreachable')),
  socks('fails', { reply: 1 }, unsent('proxyUnreachable')),
  {
    name: 'proxy: hangs up once the tunnel stands',
    arrange: async (world) => {
      const stump = await world.keep(plainPeer((socket) => void socket.once('data', () => socket.destroy())));
      const proxy = await world.keep(httpProxy({ leadsTo: stump.port }));
      return {
        settings: { url: 'https://localhost:8443', network: through([proxy.proxy]) },
        between: [proxy.heard, stump.heard],
      };
    },
    expect: () => ({ codes: ['serverUnreachable'], end: ['unsent'] }),
  },
];

export const PROXY_CASES: readonly NetCase[] = [...refusing, ...intercepting, ...lists, ...others];
