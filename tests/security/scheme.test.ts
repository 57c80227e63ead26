import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShell, type Shell } from './shell.ts';

interface Served {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const DIST = path.resolve(import.meta.dirname, '../../dist');
let shell: Shell;
const get = (url: string, method = 'GET') => shell.ask({ kind: 'serve', method, url }) as Promise<Served>;

beforeAll(async () => {
  shell = await startShell();
});

afterAll(() => shell.close());

describe('what is served', () => {
  it('is every file of the manifest, letter by letter, with its type', async () => {
    const manifest = JSON.parse(readFileSync(path.join(DIST, 'renderer-manifest.json'), 'utf8')) as Record<
      string,
      { file: string; contentType: string }
    >;
    expect(Object.keys(manifest)).toContain('/index.html');
    for (const [address, { file, contentType }] of Object.entries(manifest)) {
      const { status, headers, body } = await get(`app://latchkey${address}`);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe(contentType);
      expect(body).toBe(readFileSync(path.join(DIST, 'renderer', file), 'utf8'));
    }
  });

  it.each([
    ['the folder', 'app://latchkey/'],
    ['nothing', 'app://latchkey'],
    ['a way up', 'app://latchkey/../main/main.js'],
    ['a way up in the middle', 'app://latchkey/assets/../index.html'],
    ['an escaped way up', 'app://latchkey/%2e%2e/main/main.js'],
    ['an escaped slash', 'app://latchkey/assets%2findex.html'],
    ['an escaped letter', 'app://latchkey/%69ndex.html'],
    ['a backslash', String.raw`app://latchkey/..\main\main.js`],
    ['a double slash', 'app://latchkey//index.html'],
    ['a trailing slash', 'app://latchkey/index.html/'],
    ['another case', 'app://latchkey/INDEX.html'],
    ['a query', 'app://latchkey/index.html?x=1'],
    ['a fragment', 'app://latchkey/index.html#x'],
    ['a null byte', 'app://latchkey/index.html%00.js'],
    ['an unknown file', 'app://latchkey/none.html'],
    ['the manifest', 'app://latchkey/renderer-manifest.json'],
    ['a name of every object', 'app://latchkey/__proto__'],
    ['another host', 'app://elsewhere/index.html'],
    ['a longer host', 'app://latchkey.evil/index.html'],
    ['a port', 'app://latchkey:1/index.html'],
    ['a user', 'app://me@latchkey/index.html'],
  ])('is not %s', async (_name, url) => {
    const { status, body } = await get(url);
    expect(status).toBe(404);
    expect(body).toBe('');
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('is not for %s', async (method) => {
    expect((await get('app://latchkey/index.html', method)).status).toBe(405);
  });
});

describe.each([
  ['a page', 'app://latchkey/index.html'],
  ['a refusal', 'app://latchkey/none.html'],
])('headers of %s', (_name, url) => {
  it.each([
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['cross-origin-embedder-policy', 'require-corp'],
    ['referrer-policy', 'no-referrer'],
    ['cache-control', 'no-store'],
    ['x-frame-options', 'DENY'],
    ['x-dns-prefetch-control', 'off'],
  ])('%s: %s', async (name, value) => {
    expect((await get(url)).headers[name]).toBe(value);
  });

  it('content-security-policy: every directive, and no other', async () => {
    const policy = (await get(url)).headers['content-security-policy'] ?? '';
    const directives = Object.fromEntries(
      policy.split('; ').map((directive) => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(directives).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'none'",
      'frame-src': "'none'",
      'worker-src': "'none'",
      'object-src': "'none'",
      'manifest-src': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      sandbox: 'allow-scripts allow-same-origin allow-forms',
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
  });

  it('permissions-policy: nothing for anybody', async () => {
    const policy = (await get(url)).headers['permissions-policy'] ?? '';
    expect(policy.split(', ').length).toBeGreaterThan(20);
    expect(policy.split(', ').every((feature) => feature.endsWith('=()'))).toBe(true);
    for (const feature of [
      'camera',
      'microphone',
      'geolocation',
      'usb',
      'hid',
      'serial',
      'display-capture',
    ]) {
      expect(policy).toContain(`${feature}=()`);
    }
  });
});
