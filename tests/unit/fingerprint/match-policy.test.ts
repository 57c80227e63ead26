import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksCloned, matchDevice, minimalSets } from '../../../electron/fingerprint/match-policy.ts';
import { FACTOR_NAMES, type FactorDigests, type FactorName } from '../../../electron/fingerprint/types.ts';

const digests = (names: readonly FactorName[]): FactorDigests =>
  Object.fromEntries(names.map((name) => [name, `digest of ${name}`]));

/** The present device: `changed` factors have other digests, `unreadable` ones are missing. */
const after = (
  enrolled: FactorDigests,
  changed: readonly FactorName[],
  unreadable: readonly FactorName[] = [],
): FactorDigests =>
  Object.fromEntries(
    Object.entries(enrolled)
      .filter(([name]) => !unreadable.some((hidden) => hidden === name))
      .map(([name, digest]) => [name, changed.some((other) => other === name) ? `new ${digest}` : digest]),
  );

const HARDWARE = ['board', 'disk', 'mac'] as const;
const DESKTOP = ['board', 'disk', 'mac', 'machineId', 'os', 'cpu'] as const;
/** Linux without root: SMBIOS serial numbers are for root alone. */
const LINUX = ['disk', 'mac', 'machineId', 'os', 'cpu'] as const;
/** Linux in a virtual machine: the disk has no serial number, the network card a local address. */
const GUEST = ['machineId', 'os', 'cpu'] as const;
const CONTAINER = ['machineId', 'cpu'] as const;
const NOTHING = ['cpu', 'install'] as const;

describe('the same device or not', () => {
  const table: readonly (readonly [
    string,
    readonly FactorName[],
    readonly FactorName[],
    'same' | 'drifted' | 'different',
  ])[] = [
    ['desktop, nothing changed', DESKTOP, [], 'same'],
    ['desktop, new network card', DESKTOP, ['mac'], 'drifted'],
    ['desktop, disk swapped', DESKTOP, ['disk'], 'drifted'],
    ['desktop, new processor', DESKTOP, ['cpu'], 'drifted'],
    ['desktop, new mainboard alone', DESKTOP, ['board'], 'drifted'],
    ['desktop, system installed again', DESKTOP, ['machineId', 'os'], 'drifted'],
    ['desktop, disk and network card', DESKTOP, ['disk', 'mac'], 'drifted'],
    ['desktop, mainboard with its network card', DESKTOP, ['board', 'mac'], 'different'],
    ['desktop, cloned disk in other hardware', DESKTOP, HARDWARE, 'different'],
    ['desktop, cloned disk, other processor too', DESKTOP, [...HARDWARE, 'cpu'], 'different'],
    ['desktop, files copied to another machine', DESKTOP, DESKTOP, 'different'],
    ['linux, new network card', LINUX, ['mac'], 'drifted'],
    ['linux, disk swapped', LINUX, ['disk'], 'drifted'],
    ['linux, cloned disk in other hardware', LINUX, ['disk', 'mac'], 'different'],
    [
      'linux, files copied to another machine of the model',
      LINUX,
      ['disk', 'mac', 'machineId', 'os'],
      'different',
    ],
    ['guest, nothing changed', GUEST, [], 'same'],
    ['guest, moved to a host with another processor', GUEST, ['cpu'], 'drifted'],
    ['guest, files copied to another guest', GUEST, ['machineId', 'os'], 'different'],
    ['guest with one hardware factor, new network card or clone', [...GUEST, 'mac'], ['mac'], 'drifted'],
    ['container, another host', CONTAINER, ['cpu'], 'drifted'],
    ['container, another image', CONTAINER, ['machineId'], 'different'],
    ['nothing readable, same data folder', NOTHING, [], 'same'],
    ['nothing readable, other data folder', NOTHING, ['install'], 'different'],
  ];
  it.each(table)('%s', (_, enrolled, changed, verdict) => {
    const stored = digests(enrolled);
    expect(matchDevice(stored, after(stored, changed))).toEqual({
      verdict,
      changed: FACTOR_NAMES.filter((name) => changed.includes(name)),
    });
  });

  it.each<{ enrolled: readonly FactorName[] }>([{ enrolled: DESKTOP }, { enrolled: LINUX }])(
    'lets any one factor of $enrolled change',
    ({ enrolled }) => {
      const stored = digests(enrolled);
      for (const name of enrolled) expect(matchDevice(stored, after(stored, [name])).verdict).toBe('drifted');
    },
  );

  it('does not take an unreadable factor for a changed one', () => {
    const stored = digests(DESKTOP);
    expect(matchDevice(stored, after(stored, [], ['board']))).toEqual({ verdict: 'same', changed: [] });
    expect(matchDevice(stored, after(stored, [], HARDWARE))).toEqual({ verdict: 'unknown', changed: [] });
  });

  it('does not let an unreadable factor speak for the device', () => {
    const stored = digests(DESKTOP);
    expect(matchDevice(stored, after(stored, ['disk', 'mac'], ['board'])).verdict).toBe('unknown');
    expect(matchDevice(stored, after(stored, ['disk', 'mac', 'machineId'], ['board'])).verdict).toBe(
      'different',
    );
  });

  it('ignores what was not enrolled and knows nothing of a device without factors', () => {
    expect(matchDevice(digests(CONTAINER), digests(DESKTOP)).verdict).toBe('same');
    expect(matchDevice({}, digests(DESKTOP)).verdict).toBe('unknown');
    expect(matchDevice(digests(DESKTOP), {}).verdict).toBe('unknown');
  });

  it('does not count the install id beside a real factor', () => {
    const stored = digests([...CONTAINER, 'install']);
    expect(matchDevice(stored, after(stored, ['machineId'])).verdict).toBe('different');
    expect(matchDevice(stored, after(stored, ['install'])).verdict).toBe('drifted');
  });
});

describe('the sets that open the vault', () => {
  const names = fc.uniqueArray(fc.constantFrom(...FACTOR_NAMES), { minLength: 1 });

  it('agree with the verdict for every change of every set of factors', () => {
    fc.assert(
      fc.property(names, names, (enrolled, changed) => {
        const stored = digests(enrolled);
        const { verdict } = matchDevice(stored, after(stored, changed));
        const opens = minimalSets(enrolled).some((set) => !set.some((name) => changed.includes(name)));
        expect(opens).toBe(verdict === 'same' || verdict === 'drifted');
      }),
    );
  });

  it('never open for a clone where two hardware factors were enrolled', () => {
    fc.assert(
      fc.property(names, (enrolled) => {
        const hardware = enrolled.filter((name) => HARDWARE.some((other) => other === name));
        fc.pre(hardware.length > 1);
        const stored = digests(enrolled);
        expect(matchDevice(stored, after(stored, hardware)).verdict).toBe('different');
      }),
    );
  });

  it('are minimal and few', () => {
    const sets = minimalSets(FACTOR_NAMES);
    expect(sets.length).toBeGreaterThan(3);
    expect(sets.length).toBeLessThan(12);
    for (const set of sets) {
      expect(set).not.toContain('install');
      for (const name of set) {
        const stored = digests(FACTOR_NAMES);
        const rest = FACTOR_NAMES.filter((other) => other === name || !set.includes(other));
        expect(matchDevice(stored, after(stored, rest)).verdict).toBe('different');
      }
    }
  });
});

describe('a cloned image', () => {
  it('is the same software on other hardware', () => {
    const stored = digests(DESKTOP);
    expect(looksCloned(stored, after(stored, HARDWARE))).toBe(true);
    expect(looksCloned(stored, after(stored, HARDWARE, ['os']))).toBe(true);
    const guest = digests([...GUEST, 'mac']);
    expect(looksCloned(guest, after(guest, ['mac']))).toBe(true);
  });
  it('is not a repair, a move of the files or a machine that shows no hardware', () => {
    const stored = digests(DESKTOP);
    expect(looksCloned(stored, after(stored, ['board', 'mac']))).toBe(false);
    expect(looksCloned(stored, after(stored, [...HARDWARE, 'machineId', 'os']))).toBe(false);
    expect(looksCloned(stored, after(stored, [], HARDWARE))).toBe(false);
    expect(looksCloned(digests(CONTAINER), digests(CONTAINER))).toBe(false);
  });
});
