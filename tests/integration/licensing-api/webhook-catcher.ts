import { createHmac, createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type {
  CreatedWebhook,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookEvent,
  WebhookKeys,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import type { LicensingApi } from '../../licensing-api/server.ts';
import { bodyOf, type Caller } from './caller.ts';

/** An endpoint of a vendor's, that answers as it is told and keeps everything that came. */

export interface Caught {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: WebhookEvent;
}

type Answering = (response: ServerResponse, request: IncomingMessage) => void;

export interface Catcher {
  readonly url: string;
  readonly caught: readonly Caught[];
  readonly answerWith: (how: Answering) => void;
  readonly close: () => Promise<void>;
}

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end();

/** @param tls key and certificate; plain HTTP without them */
export async function startCatcher(tls?: { readonly key: string; readonly cert: string }): Promise<Catcher> {
  const caught: Caught[] = [];
  let how = status(204);
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const event: WebhookEvent = JSON.parse(body);
      caught.push({ headers: request.headers, body, event });
      how(response, request);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/webhooks`,
    caught,
    answerWith: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The HMACs of a delivery, as the endpoint's secret makes them. */
export function macOf(secret: string, { headers, body }: Pick<Caught, 'headers' | 'body'>): string {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

/** Whether a delivery carries a good signature of the tenant. */
export function isSignedBy(keys: WebhookKeys, { headers, body }: Pick<Caught, 'headers' | 'body'>): boolean {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const jwk = keys.keys.find((it) => it.kid === headers['webhook-key-id']);
  if (jwk === undefined) return false;
  const key = createPublicKey({ format: 'jwk', key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x } });
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((it) => it.startsWith('v1a,'))
    .some((it) => verify(null, Buffer.from(content), key, Buffer.from(it.slice(4), 'base64')));
}

/** The calls about webhooks of the Management API. */
export function webhookCaller(api: LicensingApi, calls: Caller) {
  const deliveries = async (id: string, query = ''): Promise<WebhookDelivery[]> =>
    bodyOf<WebhookDeliveryList>(await calls.manage('GET', `/webhooks/${id}/deliveries${query}`)).items;
  return {
    create: async (url: string, events?: string[]): Promise<CreatedWebhook> => {
      const json = events === undefined ? { url } : { url, events };
      return bodyOf<CreatedWebhook>(await calls.manage('POST', '/webhooks', { json }));
    },
    deliveries,
    newest: async (id: string): Promise<WebhookDelivery | undefined> => (await deliveries(id, '?limit=1'))[0],
    keys: async (): Promise<WebhookKeys> =>
      bodyOf<WebhookKeys>(
        await calls.call('GET', '/api/v1/webhooks/keys', { headers: { 'N-TenantId': api.tenantId } }),
      ),
  };
}
