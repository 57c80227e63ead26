import { request as httpsRequest, type Agent } from 'node:https';
import { failure } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Transport } from '../../../electron/api/transport.ts';

/**
 * A transport over connections that are kept, for a load that is the server's work and not that of handshakes. Only for
 * measuring: it has neither deadlines nor pins.
 */
export function keptTransport(agent: Agent, ca: string): Transport {
  return ({ method, url, headers, body }) =>
    new Promise((resolve) => {
      const fail = () => resolve(err({ failure: failure('serverUnreachable'), sent: true }));
      const payload = body === undefined ? '' : JSON.stringify(body);
      const request = httpsRequest(url, {
        method,
        agent,
        ca,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          'content-length': Buffer.byteLength(payload),
        },
      });
      request.on('error', fail);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode: status = 0, headers: answered } = response;
          resolve(ok({ status, headers: answered, body: text === '' ? undefined : JSON.parse(text) }));
        });
      });
      request.end(payload);
    });
}
