import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

interface Page {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

/** A browser that follows links and remembers cookies, as far as a sign-in needs it. @param ca PEM of whom it trusts */
export function browserTrusting(ca: string) {
  const cookies = new Map<string, string>();
  const load = (url: URL, form?: Readonly<Record<string, string>>): Promise<Page> =>
    new Promise((resolve, reject) => {
      const body = form === undefined ? null : new URLSearchParams(form).toString();
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(url, {
        method: body === null ? 'GET' : 'POST',
        ca,
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      });
      request.once('error', reject);
      request.once('response', (response) => {
        for (const cookie of response.headers['set-cookie'] ?? []) {
          const [pair = ''] = cookie.split(';');
          const at = pair.indexOf('=');
          cookies.set(pair.slice(0, at), pair.slice(at + 1));
        }
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => (text += chunk));
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, text });
        });
      });
      request.end(body);
    });
  /** Follows redirects; stops at a page. */
  const go = async (address: URL | string, form?: Readonly<Record<string, string>>) => {
    let url = new URL(address);
    let page = await load(url, form);
    while (page.location !== undefined) {
      url = new URL(page.location, url);
      page = await load(url);
    }
    return { url, page };
  };
  return { go };
}

export type Browser = ReturnType<typeof browserTrusting>;

/** Signs somebody in as the pages of the provider ask for it; the way back is a call of the loopback. */
export async function signInAs({ go }: Browser, address: string, name = 'user@example.com') {
  let here = await go(address);
  while (here.url.pathname.startsWith('/interaction/')) {
    const isLogin = here.page.text.includes('name="login"');
    here = await go(
      here.url,
      isLogin ? { prompt: 'login', login: name, password: 'any' } : { prompt: 'consent' },
    );
  }
  return here;
}
