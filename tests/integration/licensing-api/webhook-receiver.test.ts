import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';
import { NO_PYTHON, findPython } from '../../../build/scripts/lib/python.mjs';
import { startLicensingApi } from '../../licensing-api/server.ts';
import { caller } from './caller.ts';
import { webhookCaller } from './webhook-catcher.ts';

/** The receivers for vendors, run as a vendor runs them. */

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/licensing-api/examples');
const python = await findPython();
if (python === null) process.stderr.write(`Skipped: ${NO_PYTHON}.\n`);

const RECEIVERS = [
  { name: 'webhook_receiver.py', command: python },
  { name: 'webhook-receiver.mjs', command: nodePath() },
];

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const newEventId = () => `evt_${randomBytes(11).toString('hex')}`;

/** A tenant whose key signs whatever a test wants. */
function tenant() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKey.export({ format: 'jwk' });
  return {
    privateKey,
    keys: JSON.stringify({ keys: [{ ...jwk, kid: 'tenant-key', use: 'sig', alg: 'EdDSA' }] }),
  };
}

interface Running {
  readonly url: string;
  /** The ids that were taken, each as often as the program said so. */
  readonly taken: readonly string[];
  readonly stop: () => Promise<void>;
}

async function start(
  program: (typeof RECEIVERS)[number],
  folder: string,
  secrets: readonly string[],
  keys: string,
  port = 0,
): Promise<Running> {
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const child: ChildProcess = spawn(
    program.command ?? '',
    [
      path.join(EXAMPLES, program.name),
      '--secret-file',
      file('secret', `${secrets.join('\n')}\n`),
      '--keys',
      file('keys.json', keys),
      '--data',
      path.join(folder, 'inbox.sqlite'),
      '--port',
      String(port),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  onTestFinished(stop);
  const taken: string[] = [];
  if (child.stdout === null) throw new Error('no output');
  const lines = createInterface(child.stdout);
  const listening = await new Promise<number>((resolve, reject) => {
    child.on('close', () => reject(new Error('the receiver did not start')));
    lines.on('line', (line) => {
      const said: { port?: number; id?: string } = JSON.parse(line);
      if (said.port !== undefined) resolve(said.port);
      if (said.id !== undefined) taken.push(said.id);
    });
  });
  return { url: `http://127.0.0.1:${listening}/webhooks`, taken, stop };
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function folderOf(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhook-receiver-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Delivery {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
  readonly secret: string | null;
  readonly key: KeyObject | null;
  readonly kid: string;
}

/** A delivery that is right but for what a test changes; the signatures are made before `change`. */
function delivery(
  given: Partial<Delivery>,
  change: Partial<Pick<Delivery, 'id' | 'timestamp' | 'body'>> = {},
) {
  const id = given.id ?? newEventId();
  const timestamp = given.timestamp ?? Math.floor(Date.now() / 1000);
  const body = given.body ?? JSON.stringify({ id, type: 'activation.denied', sequence: 1, data: {} });
  const content = Buffer.from(`${id}.${timestamp}.${body}`);
  const { secret = null, key = null, kid = 'tenant-key' } = given;
  const parts: string[] = [];
  if (secret !== null) {
    const bytes = Buffer.from(secret.slice(6), 'base64');
    parts.push(`v1,${createHmac('sha256', bytes).update(content).digest('base64')}`);
  }
  if (key !== null) parts.push(`v1a,${sign(null, content, key).toString('base64')}`);
  return {
    id,
    body: change.body ?? body,
    headers: {
      'webhook-id': change.id ?? id,
      'webhook-timestamp': String(change.timestamp ?? timestamp),
      'webhook-signature': parts.join(' '),
      'webhook-key-id': kid,
    },
  };
}

const post = async (url: string, it: { readonly body: string; readonly headers: Record<string, string> }) =>
  (await fetch(url, { method: 'POST', body: it.body, headers: it.headers })).status;

describe.each(RECEIVERS)('$name', (program) => {
  const here = it.runIf(program.command !== null);

  async function ready() {
    const secret = newSecret();
    const { privateKey: key, keys } = tenant();
    const folder = folderOf();
    return { secret, key, keys, folder, running: await start(program, folder, [secret], keys) };
  }

  here('takes what the server sends, and what it sends again', async () => {
    const api = await startLicensingApi();
    onTestFinished(() => api.close());
    const calls = caller(api);
    const webhooks = webhookCaller(api, calls);
    const keys = JSON.stringify(await webhooks.keys());
    // An endpoint needs an address before it has a secret; the receiver is started with it on the same port.
    const port = await freePort();
    const webhook = await webhooks.create(`http://127.0.0.1:${port}/webhooks`);
    const running = await start(program, folderOf(), [webhook.secret], keys, port);
    const { seat } = await calls.takeSeat(api.activationCode, 'seat-1');
    await calls.refresh(seat);
    await api.sendWebhooks();
    const sent = await webhooks.deliveries(webhook.id);
    expect(sent.map((it) => [it.type, it.status, it.lastStatus])).toEqual([
      ['activation.refreshed', 'delivered', 204],
      ['activation.activated', 'delivered', 204],
    ]);
    const again = sent[0]?.eventId ?? '';
    await calls.manage('POST', `/webhooks/${webhook.id}/deliveries/${again}/retry`);
    await api.sendWebhooks();
    expect(await webhooks.newest(webhook.id)).toMatchObject({
      eventId: again,
      status: 'delivered',
      attempts: 1,
    });
    await calls.manage('POST', `/webhooks/${webhook.id}/rotate-secret`);
    await calls.deactivate(seat);
    await api.sendWebhooks();
    expect(await webhooks.newest(webhook.id)).toMatchObject({ status: 'delivered' });
    await running.stop();
    const ids = (await webhooks.deliveries(webhook.id)).map((it) => it.eventId);
    expect(running.taken).toEqual(ids.toReversed());
  });

  here('takes an event once, however often it comes, at once and after a restart', async () => {
    const { secret, key, keys, folder, running } = await ready();
    const event = delivery({ secret, key });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(running.url, event)));
    expect(answers).toEqual(Array.from({ length: 8 }, () => 204));
    const again = delivery({ secret, key, id: event.id, body: event.body });
    expect(await post(running.url, again)).toBe(204);
    const other = delivery({ secret, key });
    expect(await post(running.url, other)).toBe(204);
    await running.stop();
    expect(running.taken).toEqual([event.id, other.id]);
    const restarted = await start(program, folder, [secret], keys);
    expect(await post(restarted.url, delivery({ secret, key, id: event.id, body: event.body }))).toBe(204);
    await restarted.stop();
    expect(restarted.taken).toEqual([]);
  });

  here('refuses what is changed, unsigned, signed once only, by others, or old', async () => {
    const { secret, key, running } = await ready();
    const now = Math.floor(Date.now() / 1000);
    const stranger = tenant().privateKey;
    const id = newEventId();
    const body = JSON.stringify({ id, type: 'activation.denied', sequence: 1, data: {} });
    const wrong: Readonly<Record<string, ReturnType<typeof delivery>>> = {
      'changed body': delivery({ secret, key, id, body }, { body: body.replace('denied', 'refreshed') }),
      'body with a space more': delivery({ secret, key, id, body }, { body: `${body} ` }),
      'changed id': delivery({ secret, key, id, body }, { id: newEventId() }),
      'changed time': delivery({ secret, key, timestamp: now - 200 }, { timestamp: now }),
      'no signature': delivery({}),
      'secret only': delivery({ secret }),
      'key only': delivery({ key }),
      'another secret': delivery({ secret: newSecret(), key }),
      'another key': delivery({ secret, key: stranger }),
      'unknown key id': delivery({ secret, key, kid: 'other-key' }),
      'old time': delivery({ secret, key, timestamp: now - 400 }),
      'time ahead': delivery({ secret, key, timestamp: now + 400 }),
      'id of another event inside': delivery({ secret, key, body }),
      'no JSON': delivery({ secret, key, id, body: 'text' }),
      'no object': delivery({ secret, key, id, body: '[]' }),
    };
    for (const [what, it] of Object.entries(wrong)) expect(await post(running.url, it), what).toBe(401);
    const cut = delivery({ secret, key });
    const [mac = '', signature = ''] = cut.headers['webhook-signature'].split(' ');
    for (const changed of [
      `${mac.slice(0, 20)} ${signature}`,
      `v1, ${signature}`,
      `${mac} v1a,`,
      `${mac} v1a,AAAA`,
    ]) {
      const headers = { ...cut.headers, 'webhook-signature': changed };
      expect(await post(running.url, { ...cut, headers }), changed).toBe(401);
    }
    expect(await post(running.url, cut)).toBe(204);
    await running.stop();
    expect(running.taken).toEqual([cut.id]);
  });

  here('takes both secrets while one replaces the other', async () => {
    const [old, fresh] = [newSecret(), newSecret()];
    const { privateKey: key, keys } = tenant();
    const { url } = await start(program, folderOf(), [old, fresh], keys);
    expect(await post(url, delivery({ secret: old, key }))).toBe(204);
    expect(await post(url, delivery({ secret: fresh, key }))).toBe(204);
    expect(await post(url, delivery({ secret: newSecret(), key }))).toBe(401);
  });

  here('answers nothing else', async () => {
    const { secret, key, running } = await ready();
    expect((await fetch(running.url)).status).toBe(405);
    expect(await post(running.url.replace('webhooks', 'other'), delivery({ secret, key }))).toBe(404);
    expect(await post(running.url, delivery({ secret, key, body: 'x'.repeat(300 * 1024) }))).toBe(413);
  });

  it('compares in constant time', () => {
    // Timing can't be measured reliably here; that the one comparison there is comes from the library can be read.
    const source = readFileSync(path.join(EXAMPLES, program.name), 'utf8');
    expect(source).toMatch(/timingSafeEqual\(a, b\)|hmac\.compare_digest\(mac, it\)/);
    expect(source).not.toMatch(/mac\s*={2,3}|={2,3}\s*mac/);
  });
});
