import { expect } from 'vitest';
import type { LicensingApi } from '../../licensing-api/server.ts';
import { httpsCall, type HttpsAnswer } from '../../support/https-call.ts';

/** A visitor of the portal with a browser that has cookies and forms, and no JavaScript. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** The text of a page: no tags, no entities, single spaces. */
export function textOf(answer: HttpsAnswer): string {
  const [, main = answer.text] = /<main[^>]*>([\s\S]*)<\/main>/.exec(answer.text) ?? [];
  return main
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The first heading of a page. */
export const headingOf = (answer: HttpsAnswer): string =>
  textOf({ ...answer, text: /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(answer.text)?.[1] ?? '' });

export function visitor(api: LicensingApi) {
  let cookie = '';
  let csrf = '';

  const send = async (
    method: string,
    path: string,
    options: { headers?: Record<string, string>; raw?: string } = {},
  ) => {
    const answer = await httpsCall({
      url: api.url + path,
      method,
      ca: api.caPem,
      ...(options.raw === undefined ? {} : { raw: options.raw }),
      headers: { ...(cookie === '' ? {} : { Cookie: cookie }), ...options.headers },
    });
    const [pair] = (answer.headers['set-cookie'] ?? '').split(';');
    if (pair !== undefined && pair !== '') cookie = pair;
    csrf = /name="csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? csrf;
    return answer;
  };

  const get = (path: string) => send('GET', path);
  /** Follows a redirect within the portal, as browsers do. */
  const follow = async (answer: HttpsAnswer): Promise<HttpsAnswer> => {
    if (answer.status !== 303) return answer;
    return await get(answer.headers['location'] ?? '');
  };
  const post = (path: string, fields: Readonly<Record<string, string>>) =>
    send('POST', path, {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      raw: new URLSearchParams({ csrf, ...fields }).toString(),
    });
  const postMultipart = async (path: string, form: FormData) => {
    const response = new Response(form);
    const headers = { 'Content-Type': response.headers.get('content-type') ?? '' };
    return await send('POST', path, { headers, raw: await response.text() });
  };

  return {
    get,
    post,
    postMultipart,
    follow,
    csrf: () => csrf,
    cookie: () => cookie,
    setCookie: (value: string) => {
      cookie = value;
    },
    signIn: async (code: string): Promise<HttpsAnswer> => {
      await get('/portal');
      return await follow(await post('/portal/session', { code }));
    },
    /** Chooses a file, or pastes a text, and continues. */
    bring: async (what: { readonly file?: string; readonly text?: string }): Promise<HttpsAnswer> => {
      await get('/portal');
      const form = new FormData();
      form.set('csrf', csrf);
      form.set('file', new File([what.file ?? ''], what.file === undefined ? '' : 'device.lkrequest'));
      form.set('text', what.text ?? '');
      return await follow(await postMultipart('/portal/tokens', form));
    },
    /** Follows the link of a page whose text contains some words. */
    click: async (page: HttpsAnswer, words: string): Promise<HttpsAnswer> => {
      const links = [...page.text.matchAll(/<a\b[^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a\s*>/g)];
      const found = links.find(([, , text = '']) => text.includes(words));
      expect(found, `no link ${words}`).toBeDefined();
      return await get(found?.[1] ?? '');
    },
  };
}
