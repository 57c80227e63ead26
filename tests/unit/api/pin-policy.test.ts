import { describe, expect, it } from 'vitest';
import { matchingPin, validPins } from '../../../electron/api/pin-policy.ts';

const NOW = Date.UTC(2030, 0, 1);
const current = { sha256: 'A'.repeat(43) + '=' };
const backup = { sha256: 'B'.repeat(43) + '=' };
const ended = { sha256: 'C'.repeat(43) + '=', notAfter: '2029-12-31T23:59:59.000Z' };
const ending = { sha256: 'D'.repeat(43) + '=', notAfter: '2030-01-01T00:00:01.000Z' };

describe('matchingPin', () => {
  it.each([
    ['the pinned leaf', [current.sha256], true],
    ['the backup pin', [backup.sha256], true],
    ['a pinned issuer behind an unknown leaf', ['X', backup.sha256], true],
    ['a pin that ends in a second', [ending.sha256], true],
    ['a pin that has ended', [ended.sha256], false],
    ['an unknown key', ['X'], false],
    ['an empty chain', [], false],
    ['a pin with its case changed', [current.sha256.toLowerCase()], false],
  ])('%s', (_name, digests, accepted) => {
    expect(matchingPin(digests, [current, backup, ended, ending], NOW) !== null).toBe(accepted);
  });

  it('accepts nothing when no pin is valid', () => {
    expect(matchingPin([ended.sha256], [ended], NOW)).toBeNull();
    expect(matchingPin([''], [], NOW)).toBeNull();
  });
});

describe('validPins', () => {
  it('drops a pin at the instant it ends, not before', () => {
    const end = Date.parse(ending.notAfter);
    expect(validPins([ending], end - 1)).toEqual([ending]);
    expect(validPins([ending], end)).toEqual([]);
  });
});
