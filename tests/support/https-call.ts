import { request as httpsRequest, type RequestOptions } from 'node:https';

/** What an HTTPS server answered. */
export interface HttpsAnswer {
  readonly status: number;
  /** Names in lower case; of a header that came more than once, the values joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; undefined if it is empty or none. */
  readonly body: unknown;
}

export interface HttpsCall {
  readonly url: string;
  readonly method?: string;
  /** PEM of the only CA that is trusted. */
  readonly ca: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; the caller gives the content type. */
  readonly raw?: string;
  readonly tls?: Pick<
    RequestOptions,
    'servername' | 'minVersion' | 'maxVersion' | 'checkServerIdentity' | 'key' | 'cert'
  >;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * One HTTPS call on a connection of its own, verified against one CA. Knows nothing of the Licensing API and shares
 * nothing with the client under test.
 * @throws the error of node:https, with its `code`
 */
export function httpsCall(call: HttpsCall): Promise<HttpsAnswer> {
  const payload = call.json === undefined ? call.raw : JSON.stringify(call.json);
  const headers = {
    ...(call.json === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(payload === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(payload)) }),
    ...call.headers,
  };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      call.url,
      { method: call.method ?? 'GET', ca: call.ca, agent: false, headers, ...call.tls },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
            ),
            text,
            body: parseJson(text),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}
