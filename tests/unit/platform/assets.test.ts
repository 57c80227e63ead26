import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssetHandler, readManifest } from '../../../electron/platform/assets.ts';
import { RESPONSE_HEADERS } from '../../../electron/platform/response-headers-policy.ts';
import { SILENT } from '../../../electron/support/log.ts';

const PAGE = '<!doctype html><title>page</title>';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'latchkey-assets-'));
  writeFileSync(path.join(folder, 'index.html'), PAGE);
  writeFileSync(path.join(folder, 'changed.js'), 'something else');
  writeFileSync(path.join(folder, 'secret.txt'), 'not in the manifest');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const MANIFEST = {
  '/index.html': { file: 'index.html', contentType: 'text/html; charset=utf-8', sha256: sha256(PAGE) },
  '/changed.js': { file: 'changed.js', contentType: 'text/javascript', sha256: sha256('as it was built') },
  '/missing.js': { file: 'missing.js', contentType: 'text/javascript', sha256: sha256('') },
};
const get = (url: string, method = 'GET') =>
  createAssetHandler({ manifest: MANIFEST, folder, log: SILENT })({ method, url });

describe('createAssetHandler', () => {
  it('serves what is in the manifest, with its type and all headers', async () => {
    const response = await get('app://latchkey/index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(PAGE);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const [name, value] of Object.entries(RESPONSE_HEADERS))
      expect(response.headers.get(name)).toBe(value);
  });

  it.each(['app://latchkey/changed.js', 'app://latchkey/missing.js'])('does not serve %s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
  });

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await get('app://latchkey/index.html', method)).status).toBe(405);
  });
});

describe('readManifest', () => {
  const written = async (value: unknown) => {
    const file = path.join(folder, 'manifest.json');
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    return readManifest(file);
  };

  it('reads what the build writes', async () => {
    expect(await written(MANIFEST)).toEqual(MANIFEST);
  });

  it.each([
    ['a path upwards', { '/x': { ...MANIFEST['/index.html'], file: '../secret.txt' } }],
    ['an absolute path', { '/x': { ...MANIFEST['/index.html'], file: '/etc/passwd' } }],
    ['an address without a slash', { x: MANIFEST['/index.html'] }],
    ['a digest that is none', { '/x': { ...MANIFEST['/index.html'], sha256: 'abc' } }],
    ['no JSON', '{'],
  ])('refuses %s', async (_name, value) => {
    await expect(written(value)).rejects.toThrow();
  });
});
