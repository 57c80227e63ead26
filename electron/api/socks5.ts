import { connect, isIP, type Socket } from 'node:net';
import { ConnectFailure } from './connect-failure.ts';
import { nameOf, type Network, type Proxy } from './network.ts';
import { proxyFailure, type Target } from './tunnel.ts';

const VERSION = 5;
const NO_LOGIN = 0;
const WITH_PASSWORD = 2;
/** Replies of RFC 1928, section 6: the rules of the proxy, then three ways of not getting there. */
const FORBIDDEN = 2;
const UNREACHABLE: readonly number[] = [3, 4, 5, 6];

/**
 * Opens a connection through a SOCKS version 5 proxy (RFC 1928), with a password if it asks for one (RFC 1929). The
 * proxy looks the name of the server up.
 * @throws ConnectFailure: `proxyUnreachable`, `proxyAuthRequired`, `proxyRefused`, `serverUnreachable`
 */
export async function openSocks(
  proxy: Proxy,
  target: Target,
  { network, signal }: { readonly network: Network; readonly signal: AbortSignal },
): Promise<Socket> {
  const login = await network.loginFor(proxy);
  const socket = connect({ host: proxy.host, port: proxy.port });
  const stop = () => socket.destroy(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const read = readerOf(socket);
    const methods = login === null ? [NO_LOGIN] : [NO_LOGIN, WITH_PASSWORD];
    socket.write(Uint8Array.of(VERSION, methods.length, ...methods));
    const [version, method] = await read(2);
    if (version !== VERSION) throw new ConnectFailure('proxyUnreachable', { proxy: nameOf(proxy) });
    if (method === WITH_PASSWORD && login !== null) {
      socket.write(
        Buffer.concat([Uint8Array.of(1), counted(login.username), counted(login.password.reveal())]),
      );
      const [, status] = await read(2);
      if (status !== 0) {
        network.onLoginRefused?.(proxy, login);
        throw new ConnectFailure('proxyAuthRequired', { proxy: nameOf(proxy) });
      }
    } else if (method !== NO_LOGIN) {
      throw new ConnectFailure('proxyAuthRequired', { proxy: nameOf(proxy) });
    }
    socket.write(requestFor(target));
    const [, reply = 1, , kind = 0] = await read(4);
    if (reply !== 0) throw refusal(proxy, reply);
    // The address that the proxy uses for us; of no interest, but it has to be taken off the stream.
    const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await read(1))[0] ?? 0);
    await read(length + 2);
    return socket;
  } catch (error) {
    socket.destroy();
    throw proxyFailure(proxy, error);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function refusal(proxy: Proxy, reply: number): ConnectFailure {
  const facts = { proxy: nameOf(proxy), system: `SOCKS_${reply}` };
  if (reply === FORBIDDEN) return new ConnectFailure('proxyRefused', facts);
  return new ConnectFailure(UNREACHABLE.includes(reply) ? 'serverUnreachable' : 'proxyUnreachable', facts);
}

/** A length of one byte and the text. Longer texts can't be told to a proxy of this kind. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8').subarray(0, 255);
  return Buffer.concat([Uint8Array.of(bytes.length), bytes]);
}

/** Kind and bytes of an address (RFC 1928, section 5): a proxy may take an address that is told as a name for a name. */
function addressOf(host: string): Buffer {
  const version = isIP(host);
  if (version === 4) return Buffer.from([1, ...host.split('.').map(Number)]);
  if (version === 0) return Buffer.concat([Uint8Array.of(3), counted(host)]);
  // As URLs write it: groups of hexadecimal digits, the longest run of zeros as two colons.
  const [head = '', tail = ''] = new URL(`https://[${host}]/`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => text.split(':').flatMap((part) => (part === '' ? [] : [part]));
  const [before, behind] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - behind.length }, () => '0');
  const digits = [...before, ...zeros, ...behind].map((group) => group.padStart(4, '0')).join('');
  return Buffer.concat([Uint8Array.of(4), Buffer.from(digits, 'hex')]);
}

function requestFor({ host, port }: Target): Buffer {
  const address = addressOf(host);
  const end = Buffer.alloc(2);
  end.writeUInt16BE(port);
  return Buffer.concat([Uint8Array.of(VERSION, 1, 0), address, end]);
}

/** Takes exactly so many bytes off a socket and leaves the rest for whoever is next. */
function readerOf(socket: Socket): (length: number) => Promise<Buffer> {
  let problem: Error | null = null;
  socket.on('error', (error) => (problem ??= error));
  return (length) =>
    new Promise((resolve, reject) => {
      const done = (result: () => void) => {
        socket.removeListener('readable', look);
        socket.removeListener('close', gone);
        result();
      };
      const look = () => {
        const bytes = socket.read(length) as Buffer | null;
        if (bytes !== null && bytes.length === length) done(() => resolve(bytes));
      };
      const gone = () => done(() => reject(problem ?? new Error('the proxy hung up')));
      socket.on('readable', look);
      socket.once('close', gone);
      if (socket.destroyed) gone();
      else look();
    });
}
