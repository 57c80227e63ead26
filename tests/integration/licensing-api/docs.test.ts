import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../../licensing-api/contract.ts';
import { inline, prose } from '../../licensing-api/docs/prose.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { httpsCall, type HttpsAnswer } from '../../support/https-call.ts';

let api: LicensingApi;
let page: HttpsAnswer;
const get = (address: string) => httpsCall({ url: api.url + address, ca: api.caPem });

beforeAll(async () => {
  api = await startLicensingApi();
  page = await get('/docs');
});
afterAll(() => api.close());

const SOURCE = path.resolve(import.meta.dirname, '../../../shared/licensing-api/openapi.yaml');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((it) => it[1] ?? '');

describe('the page about the contract', () => {
  it('has every operation with its address, and every schema', () => {
    expect(page.status).toBe(200);
    const ids = new Set(all(page.text, /\bid="([^"]+)"/g));
    for (const operation of loadContract()) {
      expect(ids, operation.id).toContain(operation.id);
      expect(page.text, operation.path).toContain(`<code>${operation.path}</code>`);
    }
    const schemas = readFileSync(SOURCE, 'utf8').split('\n  schemas:\n')[1] ?? '';
    const names = all(schemas, /^ {4}(\w+):/gm);
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((name) => !ids.has(`schema-${name}`))).toEqual([]);
  });

  it('has no link that leads nowhere, and no name twice', () => {
    const ids = all(page.text, /\bid="([^"]+)"/g);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const targets = all(page.text, /href="#([^"]+)"/g);
    expect(targets.length).toBeGreaterThan(200);
    expect(targets.filter((it) => !ids.includes(it))).toEqual([]);
  });

  it('needs nothing else and runs nothing: one style, inside, and allowed by its hash alone', () => {
    const policy = page.headers['content-security-policy'] ?? '';
    const [css = ''] = all(page.text, /<style>([\s\S]*?)<\/style>/g);
    const hash = createHash('sha256').update(css).digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; ` +
        "frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(page.text).not.toMatch(/<script|<img|<link|<iframe|\bsrc=|\bstyle=|\bon\w+=|url\(|@import/i);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });

  it('names nothing of this very server', () => {
    for (const secret of [api.activationCode, api.tenantId, api.management.clientId]) {
      expect(page.text).not.toContain(secret);
    }
  });
});

describe('the contract for programs', () => {
  it('is the file itself', async () => {
    const answer = await get('/docs/openapi.yaml');
    expect(answer.text).toBe(readFileSync(SOURCE, 'utf8'));
    expect(answer.headers['content-type']).toBe('application/yaml; charset=utf-8');
    expect((await get('/docs/other.yaml')).status).toBe(404);
    expect((await get('/docs/..%2fopenapi.yaml')).status).toBe(404);
  });
});

describe('prose', () => {
  it('becomes paragraphs, code, strong words and links, and nothing else', () => {
    expect(prose('One\nline.\n\nTwo `a<b` **now**.').markup).toBe(
      '<p>One line.</p><p>Two <code>a&lt;b</code> <strong>now</strong>.</p>',
    );
    expect(inline('<b>`</b> see https://orbit.example/a.').markup).toBe(
      '&lt;b&gt;`&lt;/b&gt; see <a href="https://orbit.example/a" rel="noreferrer">https://orbit.example/a</a>.',
    );
    expect(prose(undefined).markup).toBe('');
  });
});
