import { createHash } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Proxy } from '../../../electron/api/network.ts';
import type { Pem } from '../../licensing-api/tls/certificates.ts';
import { newHeard, type Heard } from './peers.ts';

/** Proxies of all sorts. They write down whatever passes through them. */

export interface FakeProxy {
  readonly proxy: Proxy;
  readonly heard: Heard;
  readonly close: () => Promise<void>;
}

export interface HttpProxyRules {
  /** Port on this machine where every tunnel leads, whatever it was asked for. */
  readonly leadsTo: number;
  /** Bytes of an answer to the nth CONNECT instead of a tunnel; null = a tunnel. */
  readonly refuse?: (head: string, nth: number) => string | null;
  /** Sent together with the permission, before the tunnel. */
  readonly prelude?: string;
  /** Makes it a proxy that is itself spoken to over TLS. */
  readonly pem?: Pem;
}

const HOST = '127.0.0.1';
const nothing = () => undefined;

type Meet = (socket: Socket, heard: Heard) => void;

async function proxyServer(scheme: Proxy['scheme'], meet: Meet, pem?: Pem): Promise<FakeProxy> {
  const heard = newHeard();
  const open = new Set<Socket>();
  const take = (socket: Socket) => {
    open.add(socket);
    socket.on('error', nothing);
    socket.once('close', () => open.delete(socket));
    heard.connections += 1;
    meet(socket, heard);
  };
  const server =
    pem === undefined ? createServer(take) : createTlsServer({ key: pem.key, cert: pem.certificate }, take);
  server.on('tlsClientError', nothing);
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    proxy: { scheme, host: HOST, port },
    heard,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** Joins two connections and writes down what the client says. */
function join(client: Socket, port: number, heard: Heard): void {
  const server = connect(port, HOST);
  server.on('error', nothing);
  client.on('data', (chunk) => {
    heard.bytes.push(chunk);
    server.write(chunk);
  });
  server.on('data', (chunk) => client.write(chunk));
  client.once('close', () => server.destroy());
  server.once('close', () => client.destroy());
}

export function httpProxy({ leadsTo, refuse, prelude = '', pem }: HttpProxyRules): Promise<FakeProxy> {
  return proxyServer(
    pem === undefined ? 'http' : 'https',
    (socket, heard) => {
      let head = '';
      const look = (chunk: Buffer) => {
        heard.bytes.push(chunk);
        head += chunk.toString('latin1');
        if (!head.includes('\r\n\r\n')) return;
        socket.removeListener('data', look);
        heard.requests += 1;
        const refusal = refuse?.(head, heard.requests) ?? null;
        if (refusal !== null) {
          socket.end(refusal);
          return;
        }
        join(socket, leadsTo, heard);
        socket.write(`HTTP/1.1 200 Connection established\r\n\r\n${prelude}`);
      };
      socket.on('data', look);
    },
    pem,
  );
}

/** A refusal that asks for a login by the challenges given. */
export function askLogin(...challenges: readonly string[]): string {
  const fields = challenges.map((challenge) => `Proxy-Authenticate: ${challenge}\r\n`).join('');
  return `HTTP/1.1 407 Proxy Authentication Required\r\n${fields}Content-Length: 0\r\nConnection: close\r\n\r\n`;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

const answerOf = (head: string) => /^proxy-authorization:\s*(.*)\r$/im.exec(head)?.[1] ?? '';

export function isBasicFor(head: string, { username, password }: Login): boolean {
  return answerOf(head) === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Checks a Digest answer by RFC 7616 on its own, without what the client computes it with. */
export function isDigestFor(
  head: string,
  { username, password }: Login,
  {
    realm,
    nonce,
    algorithm,
  }: { readonly realm: string; readonly nonce: string; readonly algorithm: 'MD5' | 'SHA-256' },
): boolean {
  const answer = answerOf(head);
  const field = (name: string) => new RegExp(`\\b${name}="?([^",]*)"?`).exec(answer)?.[1] ?? '';
  const hash = (text: string) =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const target = /^CONNECT (\S+) /.exec(head)?.[1] ?? '';
  const wanted = hash(
    [
      hash(`${username}:${realm}:${password}`),
      nonce,
      field('nc'),
      field('cnonce'),
      'auth',
      hash(`CONNECT:${target}`),
    ].join(':'),
  );
  return (
    answer.startsWith('Digest ') &&
    field('username') === username &&
    field('nonce') === nonce &&
    field('uri') === target &&
    field('response') === wanted
  );
}

export interface SocksRules {
  readonly leadsTo: number;
  /** The login that it wants. */
  readonly login?: Login;
  /** Reply of RFC 1928, section 6, to the request. */
  readonly reply?: number;
  /** Kind and bytes of the only address that it knows the way to, hexadecimal; any without it. */
  readonly address?: string;
}

/** Reply of RFC 1928, section 6. */
const ADDRESS_NOT_SUPPORTED = 8;

export function socksProxy({ leadsTo, login, reply = 0, address }: SocksRules): Promise<FakeProxy> {
  return proxyServer('socks5', (socket, heard) => {
    let step: 'greeting' | 'login' | 'request' = 'greeting';
    const look = (chunk: Buffer) => {
      if (step === 'greeting') {
        const wanted = login === undefined ? 0 : 2;
        const methods = [...chunk.subarray(2)];
        step = login === undefined ? 'request' : 'login';
        socket.write(Uint8Array.of(5, methods.includes(wanted) ? wanted : 0xff));
      } else if (step === 'login') {
        const nameLength = chunk[1] ?? 0;
        const name = chunk.subarray(2, 2 + nameLength).toString();
        const password = chunk.subarray(3 + nameLength).toString();
        step = 'request';
        const right = name === login?.username && password === login.password;
        socket.write(Uint8Array.of(1, right ? 0 : 1));
      } else {
        heard.requests += 1;
        heard.bytes.push(chunk);
        socket.removeListener('data', look);
        const asked = chunk.subarray(3, -2).toString('hex');
        const answer = address === undefined || asked === address ? reply : ADDRESS_NOT_SUPPORTED;
        if (answer === 0) join(socket, leadsTo, heard);
        socket.write(Uint8Array.of(5, answer, 0, 1, 127, 0, 0, 1, 0, 0));
      }
    };
    socket.on('data', look);
  });
}
