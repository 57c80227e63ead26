import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProfile } from '../../../electron/platform/read-profile.ts';
import { CATALOGUE } from './catalogue.ts';
import { DOCUMENT, withCoverage } from './coverage.ts';
import type { PlantedFault } from './fault.ts';
import { playAll } from './play.ts';

/** Real servers, sockets and files, each in turn; the limit is only for a diagnosis that hangs. */
const PATIENCE = 600_000;

describe('the catalogue of planted faults', () => {
  it('is named fault by fault, the right cause first with its remedy', { timeout: PATIENCE }, async () => {
    const outcomes = await playAll(CATALOGUE);
    const wrong = outcomes.flatMap(({ fault, wrong: found }) =>
      found.map((line) => `${fault.code}: ${line}`),
    );
    expect(wrong).toEqual([]);
    expect(outcomes.length).toBe(CATALOGUE.length);
  });

  it('has at least forty different codes, each fault with a name of its own', () => {
    expect(new Set(CATALOGUE.map(({ code }) => code)).size).toBeGreaterThanOrEqual(40);
    expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
  });

  it('is in the documentation as it is now', () => {
    const page = readFileSync(DOCUMENT, 'utf8');
    expect(withCoverage(page)).toBe(page);
    expect(withCoverage(page.replace('`pinMismatch`', '`pinMissmatch`'))).toBe(page);
    expect(() => withCoverage('# Nothing')).toThrow('no place');
  });

  it('catches a verdict that names something else, and a wrong remedy', { timeout: PATIENCE }, async () => {
    const never = CATALOGUE.find(({ code }) => code === 'neverActivated');
    if (never === undefined) throw new Error('the catalogue has lost a fault');
    const mistaken: PlantedFault[] = [
      { ...never, code: 'deactivated' },
      { ...never, remedy: 'renew' },
      { ...never, explains: ['leaseExpired'] },
    ];
    const outcomes = await playAll(mistaken);
    expect(outcomes.map(({ wrong }) => wrong.length)).toEqual([1, 1, 1]);
  });
});

describe('before there are any services', () => {
  it('a vendor profile that is none is named as such', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'latchkey-profile-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const file = path.join(dir, 'profile.json');
    writeFileSync(file, '{"profileVersion": 1}');
    expect(readProfile(file)).toMatchObject({ ok: false, error: { code: 'profileInvalid' } });
  });
});
