import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is shown in the browser when it comes back; text only. */
export interface ReturnPage {
  readonly language: string;
  readonly title: string;
  readonly text: string;
}

export interface Loopback {
  /** Where the identity provider sends the browser back to. */
  readonly redirectUri: string;
  /** Resolves with the address that the browser came back to; rejects when the signal is aborted. */
  readonly returned: Promise<URL>;
  readonly close: () => void;
}

/** The path of the redirect that the vendor registers: `http://127.0.0.1/signed-in`, on any port. */
const PATH = '/signed-in';

/**
 * Listens on this machine alone for the browser to come back (RFC 8252, section 7.3). Only a call that brings the
 * state of this sign-in counts, so that another page in the browser can't end it by calling every port.
 * @param state as it was sent with the browser; not guessable
 * @throws the system's error where no port can be had
 */
export async function listenForReturn(
  state: string,
  page: ReturnPage,
  signal: AbortSignal,
): Promise<Loopback> {
  const { promise: returned, resolve, reject } = Promise.withResolvers<URL>();
  // Nobody may be waiting any more when the signal comes.
  returned.catch(() => undefined);
  let origin = '';
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = URL.canParse(request.url ?? '', origin) ? new URL(request.url ?? '', origin) : null;
    // A page of the web can send the browser here under a name of its own (DNS rebinding).
    const isOurs = request.headers.host === new URL(origin).host && url?.searchParams.get('state') === state;
    if (!isOurs || url.pathname !== PATH || request.method !== 'GET') {
      response.writeHead(404, { 'content-type': 'text/plain', connection: 'close' }).end('Not found\n');
      return;
    }
    response.writeHead(200, HEADERS).end(html(page), () => resolve(url));
  };
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 }, answer);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
    signal.removeEventListener('abort', abandon);
  };
  const abandon = (): void => {
    close();
    reject(new Error('abandoned'));
  };
  if (signal.aborted) abandon();
  else signal.addEventListener('abort', abandon);
  return { redirectUri: `${origin}${PATH}`, returned, close };
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
} as const;

function html({ language, title, text }: ReturnPage): string {
  const dir = language === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${escaped(language)}" dir="${dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{display:grid;place-content:center;min-height:90vh;padding:24px;text-align:center}
h1{font-size:1.375rem;font-weight:640;margin:0 0 8px}p{margin:0;opacity:.75}
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
