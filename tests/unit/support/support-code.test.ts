import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '../../../shared/license/reasons.ts';
import { writeCharacters } from '../../../shared/support-code/characters.ts';
import { REASON_NUMBERS } from '../../../shared/support-code/reason-numbers.ts';
import {
  PLATFORMS,
  readSupportCode,
  supportCode,
  type SupportSource,
} from '../../../shared/support-code/support-code.ts';

const DAY = 24 * 60 * 60_000;
const NOW = Date.UTC(2031, 4, 14);

const source = (change: Partial<SupportSource> = {}): SupportSource => ({
  license: {
    state: 'leaseExpired',
    reasons: [{ code: 'clockRolledBack' }, { code: 'keyringWeak' }, { code: 'offlineLease' }],
    activation: { mode: 'offline' },
    lastContactAt: NOW - 3.5 * DAY,
  },
  version: '1.24.3',
  environment: 'live',
  platform: 'windows',
  product: 0,
  now: NOW,
  ...change,
});

describe('a support code', () => {
  it('tells what matters', () => {
    const code = supportCode(source());
    expect(readSupportCode(code)).toEqual({
      code,
      corrected: false,
      facts: {
        state: 'leaseExpired',
        reasons: ['clockRolledBack', 'keyringWeak'],
        version: '1.24.3',
        mode: 'offline',
        environment: 'live',
        platform: 'windows',
        contactDays: 3,
        product: 0,
      },
    });
  });

  it.each(REASON_CODES)('can tell the reason %s', (code) => {
    const license = { ...source().license, reasons: [{ code }] };
    const told = readSupportCode(supportCode(source({ license })))?.facts.reasons[0];
    // The test environment has a bit of its own.
    expect(told).toBe(code === 'testEnvironment' ? null : code);
  });

  it('has a number of its own for every reason, with room for later ones', () => {
    const numbers = REASON_CODES.map((code) => REASON_NUMBERS[code]);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) {
      expect(number).toBeGreaterThan(0);
      expect(number).toBeLessThan(128);
    }
  });

  it.each([
    ['no contact ever', { lastContactAt: null }, null],
    ['contact just now', { lastContactAt: NOW }, 0],
    ['contact in the future', { lastContactAt: NOW + DAY }, 0],
    ['contact a year ago', { lastContactAt: NOW - 365 * DAY }, 30],
  ])('knows %s', (_, change, days) => {
    const license = { ...source().license, ...change };
    expect(readSupportCode(supportCode(source({ license })))?.facts.contactDays).toBe(days);
  });

  it.each([
    ['0.1.0', '0.1.0'],
    ['2.0.0-rc.1', '2.0.0'],
    ['99.999.999', '31.127.63'],
    ['nonsense', '0.0.0'],
  ])('tells the version %s as %s', (version, told) => {
    expect(readSupportCode(supportCode(source({ version })))?.facts.version).toBe(told);
  });

  it.each(PLATFORMS)('tells the platform %s', (platform) => {
    expect(readSupportCode(supportCode(source({ platform })))?.facts.platform).toBe(platform);
  });

  it('is put right where one character was misheard, and says so', () => {
    const code = supportCode(source());
    const misheard = `${code.startsWith('D') ? 'T' : 'D'}${code.slice(1)}`;
    expect(readSupportCode(misheard)).toMatchObject({ code, corrected: true });
  });

  it('is not read from another format, or from what is none', () => {
    expect(readSupportCode(writeCharacters(0n))).toBeNull();
    expect(readSupportCode(writeCharacters(2n ** 50n - 1n))).toBeNull();
    expect(readSupportCode('hello')).toBeNull();
  });

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Z]{12}$/)), (text) => {
        const read = readSupportCode(text);
        expect(read === null || read.code.length === 14).toBe(true);
      }),
    );
  });
});
