import { fine, loginOf, plainLogin, server, through, unsent } from './behind-proxies.ts';
import type { NetCase } from './case.ts';
import { SOME } from './kinds.ts';
import { plainPeer } from './peers.ts';
import { httpProxy, socksProxy } from './proxies.ts';

/** Several ways of which some fail, and proxies that are not spoken to in plain HTTP. */

/** A port on which nobody listens: it was free a moment ago. */
async function deadPort(): Promise<number> {
  const peer = await plainPeer(() => undefined);
  await peer.close();
  return peer.port;
}

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
          timeoutPerRoute: 4000,
          network: through([first, proxy.proxy]),
        },
        server: peer.heard,
        between: [proxy.heard],
      };
    },
    expect: fine,
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
        ...(options.wants === true ? { login: plainLogin(world) } : {}),
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
  ...(
    [
      ['a name', 'localhost', `0309${Buffer.from('localhost').toString('hex')}`],
      ['an address', '127.0.0.1', '017f000001'],
      ['an IPv6 address', '[::1]', `04${'00'.repeat(15)}01`],
    ] as const
  ).map(([what, host, address]): NetCase => ({
    name: `proxy: SOCKS is told ${what}`,
    kinds: SOME,
    arrange: async (world) => {
      const peer = await server(world);
      const proxy = await world.keep(socksProxy({ leadsTo: peer.port, address }));
      return {
        settings: { url: `https://${host}:${peer.port}`, network: through([proxy.proxy]) },
        server: peer.heard,
        between: [proxy.heard],
      };
    },
    expect: fine,
  })),
  {
    name: 'proxy: is told an IPv6 address',
    kinds: SOME,
    arrange: async (world) => {
      const peer = await server(world);
      const refuse = (head: string) =>
        head.startsWith(`CONNECT [::1]:${peer.port} `) ? null : 'HTTP/1.1 400 Bad Request\r\n\r\n';
      const proxy = await world.keep(httpProxy({ leadsTo: peer.port, refuse }));
      return {
        settings: { url: `https://[::1]:${peer.port}`, network: through([proxy.proxy]) },
        server: peer.heard,
        between: [proxy.heard],
      };
    },
    expect: fine,
  },
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

export const ROUTE_CASES: readonly NetCase[] = [...lists, ...others];
