import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { readProfile } from '../../../electron/platform/read-profile.ts';
import { remedyLabel } from '../../../shared/messages/index.ts';
import type { Language } from '../../../shared/settings.ts';
import { describeCause } from '../../../shared/support/causes.ts';
import { CATALOGUE } from './catalogue.ts';
import { DOCUMENT, withCoverage } from './coverage.ts';
import type { PlantedFault } from './fault.ts';
import type { Seen } from './window.ts';
import { wrongInWindow } from './window-verdict.ts';
import { playAll } from './play.ts';

const inEveryLanguage = <T>(make: (language: Language) => T): Record<Language, T> => ({
  en: make('en'),
  de: make('de'),
  ar: make('ar'),
});

/** Real servers, sockets and files, each in turn; the limit is only for a diagnosis that hangs. */
const PATIENCE = 600_000;

beforeAll(() => ensureBuilt(['preload', 'renderer']), PATIENCE);

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
    const mistaken: readonly (readonly [PlantedFault, RegExp])[] = [
      [{ ...never, code: 'deactivated' }, /^the verdict was neverActivated/],
      [{ ...never, remedy: 'renew' }, /^the remedy was activate$/],
      [{ ...never, button: 'Renew' }, /^the button \(de\) was Aktivieren$/],
      [{ ...never, button: null }, /^the button \(en\) was Activate$/],
      [{ ...never, explains: ['leaseExpired'] }, /^leaseExpired was not explained$/],
    ];
    const outcomes = await playAll(mistaken.map(([fault]) => fault));
    for (const [index, [, line]] of mistaken.entries())
      expect(outcomes[index]?.wrong).toContainEqual(expect.stringMatching(line));
  });
});

describe('what the window shows', () => {
  const seen: Seen = {
    title: 'Diagnostics',
    sentence: 'This device has not been activated yet.',
    nextAction: '',
    button: 'Activate',
    isInView: true,
    known: '',
  };

  it('is compared word by word, in every language', () => {
    const cause = { kind: 'reason', code: 'neverActivated' } as const;
    const verdict = { cause, severity: 'warning', remedy: 'activate', productIds: [], explains: [] } as const;
    const report = { verdict: [verdict] };
    const fault = { code: 'neverActivated', button: 'Activate' } as const;
    const right = inEveryLanguage((language) => ({
      ...seen,
      ...describeCause(cause, language),
      title: { en: 'Diagnostics', de: 'Diagnose', ar: 'التشخيص' }[language],
      button: remedyLabel('activate', language),
    }));
    expect(wrongInWindow(fault, report, right)).toEqual([]);
    const wrongOf = (change: Partial<Seen>) =>
      wrongInWindow(fault, report, { ...right, de: { ...right.de, ...change } }).length;
    const changes = [
      { title: 'Diagnostics' },
      { sentence: 'Nichts' },
      { nextAction: 'Warten' },
      { button: 'Activate' },
      { button: null },
      { isInView: false },
    ];
    expect(changes.map(wrongOf)).toEqual(changes.map(() => 1));
    expect(wrongInWindow({ ...fault, code: 'deactivated' }, report, right)).toHaveLength(1);
    expect(wrongInWindow(fault, { verdict: [] }, right)).toHaveLength(1);
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
