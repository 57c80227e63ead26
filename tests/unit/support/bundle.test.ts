import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { reportJsonSchema } from '../../../build/readme/report-schema.ts';
import {
  bundleFiles,
  type BundleSource,
  type Content,
} from '../../../electron/support/bundle/bundle-policy.ts';
import { unzipFiles, zipFiles } from '../../../electron/support/bundle/zip.ts';
import type { LogEntry } from '../../../electron/support/log-entries-policy.ts';
import { BUNDLE_LIMIT, manifestSchema } from '../../../shared/support/bundle.ts';
import { formsOf, leaksIn, type Secret } from '../../support/leaks.ts';
import { SAMPLE_REPORT as REPORT } from '../../support/sample-report.ts';

const AT = Date.parse('2026-11-21T12:00:00Z');

const entry = (message: string, details: object = {}): LogEntry => ({
  time: '2026-11-21T11:00:00.000Z',
  level: 'info',
  process: 'window',
  message,
  ...details,
});

const source = (changes: Partial<BundleSource> = {}): BundleSource => ({
  report: REPORT,
  environment: {
    program: { version: '1.2.3', process: 'window' },
    system: { platform: 'linux', release: '6.1.0', architecture: 'x64' },
    runtime: { node: '24.21.0', electron: '45.4.1', chromium: '150.0' },
    systemLocale: 'de-AT',
    language: 'en',
    timeZone: 'Europe/Vienna',
  },
  log: [entry('first'), entry('second', { code: 'pinMismatch', host: 'api.example.com' })],
  crashes: [{ crashVersion: 1, kind: 'pageGone' }],
  application: { name: 'Orbit License Manager', version: '1.2.3' },
  language: 'en',
  madeAt: AT,
  known: [],
  ...changes,
});

const textOf = (files: readonly Content[], name: string): string =>
  files.find((file) => file.name === name)?.text ?? '';
const total = (files: readonly Content[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);

describe('a support bundle', () => {
  it('has its files in order, and a manifest that fits them', () => {
    const files = bundleFiles(source());
    expect(files.map(({ name }) => name)).toEqual([
      'manifest.json',
      'report.html',
      'report.json',
      'environment.json',
      'crash-1.json',
      'log.jsonl',
    ]);
    const manifest = v.parse(manifestSchema, JSON.parse(textOf(files, 'manifest.json')));
    expect(manifest).toMatchObject({ madeAt: '2026-11-21T12:00:00.000Z', droppedLogLines: 0 });
    for (const { name, bytes, sha256 } of manifest.files) {
      const text = textOf(files, name);
      expect(Buffer.byteLength(text)).toBe(bytes);
      expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    }
    expect(JSON.parse(textOf(files, 'report.json'))).toEqual(REPORT);
  });

  it('is the same to the byte for the same facts', () => {
    const once = zipFiles(bundleFiles(source()));
    expect(Buffer.compare(zipFiles(bundleFiles(source())), once)).toBe(0);
    expect(Buffer.compare(zipFiles(bundleFiles(source({ madeAt: AT + 1 }))), once)).not.toBe(0);
  });

  it('is packed alike in every time zone', () => {
    const files = [{ name: 'a.json', text: '{}' }];
    const zones = ['UTC', 'Pacific/Auckland', 'America/New_York'].map((zone) => {
      vi.stubEnv('TZ', zone);
      return Buffer.from(zipFiles(files)).toString('hex');
    });
    expect(new Set(zones).size).toBe(1);
  });

  it('stays below its limit however long and noisy the log is, and says how many lines it lacks', () => {
    // Letters at random can hardly be compressed.
    const log = Array.from({ length: 8000 }, (_none, number) =>
      entry(
        randomBytes(180)
          .toString('base64')
          .replaceAll(/[+/=\d]/g, ' '),
        { number },
      ),
    );
    const files = bundleFiles(source({ log }));
    const kept = textOf(files, 'log.jsonl').trimEnd().split('\n');
    const { droppedLogLines } = v.parse(manifestSchema, JSON.parse(textOf(files, 'manifest.json')));
    expect(droppedLogLines).toBeGreaterThan(1000);
    expect(kept.length + droppedLogLines).toBe(8000);
    expect(JSON.parse(kept.at(-1) ?? '')).toMatchObject({ number: 7999 });
    expect(total(files)).toBeGreaterThan(1_300_000);
    // Base64 of what is not compressed at all.
    expect((total(files) * 4) / 3).toBeLessThan(BUNDLE_LIMIT);
  });

  it('refuses to be made of a report that has more than the schema names', () => {
    const more = { ...REPORT, note: 'free text' };
    expect(() => bundleFiles(source({ report: more }))).toThrow();
  });

  it('has no secret in it that was in the log or in a crash, in any form', () => {
    const secrets: readonly Secret[] = [
      { kind: 'activation code', value: 'ORBIT-YJLG-4EXN-TXFK-KAM4' },
      { kind: 'password', value: 'correct horse battery' },
      { kind: 'nonce', value: 'Zx81kLmN0pQr' },
      { kind: 'access token', value: `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.${'s'.repeat(40)}` },
      { kind: 'key', value: randomBytes(32).toString('base64url') },
    ];
    const forms = secrets.flatMap((secret) =>
      formsOf(secret)
        .filter(({ needle }) => /^[\x20-\x7e]+$/.test(needle))
        .map(({ needle }) => needle),
    );
    const log = forms.map((needle) => entry(`before ${needle} after`, { harmless: { deep: [needle] } }));
    const crashes = [{ crashVersion: 1, frames: forms }];
    const known = secrets.map(({ kind, value }) => ({ kind, value: String(value) }));
    const placesOf = (files: readonly Content[]) =>
      files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }));
    expect(leaksIn(secrets, placesOf(bundleFiles(source({ log, crashes, known }))))).toEqual([]);
    // The same search finds them where nobody has taken them out.
    const found = leaksIn(secrets, [{ name: 'log', bytes: Buffer.from(JSON.stringify(log)) }]);
    for (const { kind } of secrets) expect(found.join()).toContain(kind);
  });

  it('has no name of user, computer or folder in it', () => {
    const known = [
      { kind: 'home', value: '/srv/people/mara', isName: true },
      { kind: 'user', value: 'mara', isName: true },
      { kind: 'computer', value: 'plant-7', isName: true },
    ];
    const log = [entry('at /srv/people/mara/x for MARA on plant-7.example', { file: '/srv/people/mara' })];
    const text = textOf(bundleFiles(source({ log, known })), 'log.jsonl');
    expect(text).toContain('at [home]/x for [user] on [computer].example');
    expect(text.toLowerCase()).not.toContain('mara');
  });
});

describe('the page in it', () => {
  it.each(['en', 'de', 'ar'] as const)('runs nothing and loads nothing (%s)', (language) => {
    const page = textOf(bundleFiles(source({ language })), 'report.html');
    expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(page).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|javascript:|https?:/i);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${digest}'`);
    expect(page.match(/style=/g)).toBeNull();
    expect(page).toContain('serverUnreachable');
  });

  it('takes no markup from a name', () => {
    const name = '<img src=x onerror=alert(1)>"\'&';
    const report = { ...REPORT, profile: { ...REPORT.profile, applicationName: name } } as typeof REPORT;
    const page = textOf(bundleFiles(source({ report })), 'report.html');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
    expect(page).not.toContain('<img');
  });
});

describe('a zip that somebody sent', () => {
  const files = [{ name: 'a.json', text: '{}' }];

  it('is read as it was written', () => {
    expect(unzipFiles(zipFiles(files), 100)).toEqual(files);
  });

  it('is not unpacked where it is no zip, damaged, or larger than it may be', () => {
    expect(unzipFiles(new Uint8Array(30), 100)).toBeNull();
    expect(unzipFiles(zipFiles(files).subarray(0, 40), 100)).toBeNull();
    const bomb = zipFiles([{ name: 'log.jsonl', text: 'a'.repeat(10_000_000) }]);
    expect(bomb.length).toBeLessThan(20_000);
    expect(unzipFiles(bomb, BUNDLE_LIMIT)).toBeNull();
  });
});

describe('the published schema of the report', () => {
  const published = readFileSync(
    path.resolve(import.meta.dirname, '../../../shared/support/report.schema.json'),
    'utf8',
  );

  it('is as the program checks it (`npm run readme` makes it)', () => {
    expect(published).toBe(reportJsonSchema());
  });

  it('takes a report and nothing else', () => {
    const isReport = new Ajv({ strict: false, validateFormats: false }).compile(
      JSON.parse(published) as object,
    );
    expect(isReport(REPORT)).toBe(true);
    expect(isReport({ ...REPORT, reportVersion: 2 })).toBe(false);
    expect(isReport({ ...REPORT, note: 'free text' })).toBe(false);
    expect(isReport({ ...REPORT, checks: [{ ...REPORT.checks[0], status: 'fine' }] })).toBe(false);
  });
});
