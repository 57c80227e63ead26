import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallFailure } from '../../../electron/api/client.ts';
import { startLicensingApi, type LicensingApi as Server } from '../../licensing-api/server.ts';
import type { Fault } from '../../licensing-api/faults.ts';
import { clientOf } from '../../support/licensing-client.ts';
import { givenSession, typedCode } from '../../support/typed-secrets.ts';

let server: Server;
let seat = 0;

/** A server for each subject, so that the seats which one takes are not missing in the next. */
function withServer(): void {
  beforeAll(async () => {
    server = await startLicensingApi({ writeLog: () => undefined });
  });
  afterEach(async () => {
    server.faults.clear();
    await server.setCertificate('valid');
  });
  afterAll(() => server.close());
}

/** Listens on a free port until `use` is done; peers that are still connected are cut off then. */
async function listening(
  onPeer: (socket: Socket) => void,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const peers = new Set<Socket>();
  const listener = createServer((socket) => {
    peers.add(socket);
    onPeer(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  try {
    await use(`https://localhost:${(listener.address() as AddressInfo).port}`);
  } finally {
    for (const peer of peers) peer.destroy();
    await new Promise((resolve) => listener.close(resolve));
  }
}

const wish = (code = server.activationCode) => ({
  productId: server.productId,
  seatId: `seat-${(seat += 1)}`,
  activationCredentials: { type: 'activationCode' as const, code: typedCode(code) },
});

type Client = ReturnType<typeof clientOf>['api'];

/** Always the same seat, so that calls which take effect without an answer don't use the seats up. */
async function failedActivation(api: Client, code?: string): Promise<CallFailure> {
  const answer = await api.activate({ ...wish(code), seatId: 'seat-0' }, `key-${seat}-12345678`);
  if (answer.ok) throw new Error('expected a failure');
  return answer.error;
}

describe('a whole life of a seat', () => {
  withServer();

  it('activates, pulls, refreshes, reads the terms and deactivates, each with the nonce of the last', async () => {
    const { api } = clientOf(server);
    const activated = await api.activate(wish(), 'key-of-a-life-1');
    if (!activated.ok) throw new Error(activated.error.failure.code);
    const { accessToken } = activated.value.value;
    const nonces = [activated.value.nonce?.reveal() ?? ''];
    const sessionWith = (nonce = '') => givenSession({ accessToken: accessToken.reveal(), nonce });
    const session = () => sessionWith(nonces.at(-1));
    for (const call of [api.state, api.refresh, api.entitlement]) {
      const answer = await call(session());
      if (!answer.ok) throw new Error(answer.error.failure.code);
      expect(Math.abs((answer.value.serverTime ?? 0) - Date.now())).toBeLessThan(5000);
      nonces.push(answer.value.nonce?.reveal() ?? '');
    }
    expect(new Set(nonces).size).toBe(4);

    const stale = await api.state(sessionWith(nonces[0]));
    expect(stale).toMatchObject({
      ok: false,
      error: { failure: { code: 'nonceMismatch' }, end: 'refused', nonce: null },
    });
    expect(await api.deactivate(accessToken)).toMatchObject({ ok: true, value: { nonce: null } });
    const after = await api.state(session());
    expect(after.ok ? 'ok' : after.error.end).toBe('refused');
  });

  it('says what the server refused, in its code', async () => {
    const { api } = clientOf(server);
    expect(await failedActivation(api, 'ORBIT-AAAA-BBBB-CCCC-DDDD')).toMatchObject({
      failure: { code: 'activationCodeInvalid', facts: { status: 404 } },
      end: 'refused',
    });
  });
});

describe('who is spoken to', () => {
  withServer();

  it.each([
    ['expired', 'certificateExpired'],
    ['notYetValid', 'certificateNotYetValid'],
    ['wrongHost', 'certificateNameMismatch'],
    ['otherCa', 'certificateUntrusted'],
    ['newKey', 'pinMismatch'],
  ] as const)('a certificate that is %s ends in %s, before a byte is sent', async (variant, code) => {
    await server.setCertificate(variant);
    const error = await failedActivation(clientOf(server).api);
    expect(error).toMatchObject({ failure: { code }, end: 'unsent' });
  });

  it('names the issuer of an untrusted certificate and the end of an expired one', async () => {
    await server.setCertificate('otherCa');
    expect((await failedActivation(clientOf(server).api)).failure.facts?.issuer).toBe('Some other CA');
    await server.setCertificate('expired');
    expect((await failedActivation(clientOf(server).api)).failure.facts?.at).toBeLessThan(Date.now());
  });

  it('accepts the backup key, and a pin on the issuing authority', async () => {
    await server.setCertificate('backupKey');
    expect(await clientOf(server).api.activate(wish(), 'key-backup-1')).toMatchObject({ ok: true });
  });

  it('refuses a pinned key that no trusted authority vouches for', async () => {
    const error = await failedActivation(clientOf(server, { ca: undefined }).api);
    expect(error).toMatchObject({ failure: { code: 'certificateUntrusted' }, end: 'unsent' });
  });

  it('with `report`, lets a trusted chain through and says that no pin matched', async () => {
    await server.setCertificate('newKey');
    const { api, reported } = clientOf(server, { pinning: 'report' });
    expect(await api.activate(wish(), 'key-report-1')).toMatchObject({ ok: true });
    expect(reported()).toBeGreaterThan(0);
    await server.setCertificate('otherCa');
    expect((await failedActivation(api)).failure.code).toBe('certificateUntrusted');
  });

  it('sends not one byte of the request to a peer without a pinned key', async () => {
    const heard: Buffer[] = [];
    await server.setCertificate('newKey');
    const upstream = Number(new URL(server.url).port);
    // A relay that decrypts nothing but sees how much the client says after the handshake.
    const relay = (socket: Socket) => {
      const through = connect(upstream, '127.0.0.1');
      socket.on('data', (chunk) => heard.push(chunk));
      socket.pipe(through);
      through.pipe(socket);
      socket.on('error', () => through.destroy());
      through.on('error', () => socket.destroy());
      socket.on('close', () => through.destroy());
    };
    await listening(relay, async (url) => {
      const error = await failedActivation(clientOf(server, { url }).api);
      expect(error).toMatchObject({ failure: { code: 'pinMismatch' }, end: 'unsent' });
      const pinned = Buffer.concat(heard).length;
      heard.length = 0;
      await server.setCertificate('valid');
      const accepted = await clientOf(server, { url }).api.activate(wish(), 'key-relay-1');
      expect(accepted).toMatchObject({ ok: true });
      // The accepted connection carries the handshake and the request, the refused one the handshake alone.
      expect(Buffer.concat(heard).length - pinned).toBeGreaterThan(300);
    });
  });
});

describe('answers that can not be used', () => {
  withServer();

  it.each<[Fault, string, CallFailure['end']]>([
    [{ kind: 'status', status: 500 }, 'serverError', 'unknown'],
    [{ kind: 'status', status: 429, retryAfterSeconds: 7 }, 'rateLimited', 'refused'],
    [{ kind: 'redirect', location: 'https://elsewhere.example/' }, 'redirectRefused', 'unknown'],
    [{ kind: 'cutBefore' }, 'serverUnreachable', 'unknown'],
    [{ kind: 'cutAfter' }, 'serverUnreachable', 'unknown'],
    [{ kind: 'malformedJson' }, 'answerMalformed', 'unknown'],
    [{ kind: 'wrongShape' }, 'answerMalformed', 'unknown'],
    [{ kind: 'wrongContentType' }, 'answerMalformed', 'unknown'],
    [{ kind: 'padded', bytes: 2_000_000 }, 'answerTooLarge', 'unknown'],
  ])('%j is %s and its end is %s', async (fault, code, end) => {
    server.faults.next(fault, 'activate');
    const error = await failedActivation(clientOf(server).api);
    expect(error).toMatchObject({ failure: { code }, end });
    if (code === 'rateLimited') expect(error.failure.facts?.retryAfterSeconds).toBe(7);
  });

  it('a truncated answer is no answer', async () => {
    server.faults.next({ kind: 'truncated' }, 'activate');
    const { failure, end } = await failedActivation(clientOf(server).api);
    expect(['answerMalformed', 'serverUnreachable']).toContain(failure.code);
    expect(end).toBe('unknown');
  });

  it('waits no longer than the deadline', async () => {
    server.faults.next({ kind: 'delay', milliseconds: 5_000 }, 'activate');
    const error = await failedActivation(clientOf(server, { limits: { deadline: 150 } }).api);
    expect(error).toMatchObject({ failure: { code: 'timeout' }, end: 'unknown' });
  });

  it('tells a server that is down from a name that is unknown', async () => {
    const down = await startLicensingApi({ writeLog: () => undefined });
    await down.close();
    const { api } = clientOf(server, { url: down.url });
    expect(await failedActivation(api)).toMatchObject({
      failure: { code: 'serverUnreachable' },
      end: 'unsent',
    });
    const unknown = clientOf(server, { url: 'https://no-such-host.invalid' });
    expect(await failedActivation(unknown.api)).toMatchObject({
      failure: { code: 'dnsFailed' },
      end: 'unsent',
    });
  });

  it('takes a peer that speaks no TLS for what it is', async () => {
    const plain = (socket: Socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('HTTP/1.1 200 OK\r\n\r\n');
    await listening(plain, async (url) => {
      const error = await failedActivation(clientOf(server, { url }).api);
      expect(error).toMatchObject({ failure: { code: 'tlsFailed' }, end: 'unsent' });
    });
  });
});
