import { describe, expect, it } from 'vitest';
import type { FactorName, MachineKey } from '../../../electron/fingerprint/types.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import { unwrapForMachine, wrapForMachine, type MachineWrap } from '../../../electron/vault/key-wrap.ts';
import { DESKTOP, machine } from '../../support/vault.ts';

const sealing = { key: new Uint8Array(32).fill(5), kid: '0123456789abcdef' };

function wrapped(names: readonly FactorName[] = DESKTOP): MachineWrap {
  const wrap = wrapForMachine(sealing, machine(names), systemRandom);
  if (wrap === null) throw new Error('nothing to wrap with');
  return wrap;
}

/** With fixed bytes: with one in 256 another factor has the same hint, which must not make a test fail. */
function wrappedFirmly(): MachineWrap {
  const fixed = { ...systemRandom, bytes: (length: number) => new Uint8Array(length).fill(7) };
  const wrap = wrapForMachine(sealing, machine(DESKTOP), fixed);
  if (wrap === null) throw new Error('nothing to wrap with');
  return wrap;
}

/** `opens`, `drifted`, or why not. */
function outcome(wrap: MachineWrap, keys: readonly MachineKey[]): string {
  const result = unwrapForMachine(sealing.kid, wrap, keys);
  if (!result.ok) return result.error;
  expect(result.value.dataKey).toEqual(sealing.key);
  return `${result.value.drifted ? 'drifted' : 'opens'}${result.value.stale ? ', stale' : ''}`;
}

const changed = (...names: FactorName[]): MachineKey[] =>
  machine(DESKTOP, Object.fromEntries(names.map((name) => [name, 1])));
const without = (...names: FactorName[]): MachineKey[] =>
  machine(DESKTOP.filter((name) => !names.includes(name)));

describe('the machine-bound key', () => {
  it.each<[string, MachineKey[], string]>([
    ['the same machine', machine(DESKTOP), 'opens'],
    ...DESKTOP.map((name): [string, MachineKey[], string] => [
      `another ${name}`,
      changed(name),
      'drifted, stale',
    ]),
    ['disk and network card swapped', changed('disk', 'mac'), 'drifted, stale'],
    ['mainboard with its network card', changed('board', 'mac'), 'otherMachine'],
    ['a cloned disk on other hardware', changed('board', 'disk', 'mac'), 'otherMachine'],
    ['the files on another machine', changed(...DESKTOP), 'otherMachine'],
    ['the board unreadable', without('board'), 'opens'],
    ['board and processor unreadable', without('board', 'cpu'), 'opens'],
    ['all hardware unreadable', without('board', 'disk', 'mac'), 'deviceUnread'],
    ['nothing readable', [], 'deviceUnread'],
    ['an install id more', machine([...DESKTOP, 'install']), 'opens'],
  ])('with %s', (_, keys, expected) => {
    expect(outcome(wrapped(), keys)).toBe(expected);
  });

  it.each<[string, MachineKey[], readonly FactorName[], string]>([
    ['another without a readable board', changed(...DESKTOP), ['board'], 'otherMachine'],
    ['another without board and file system', changed(...DESKTOP), ['board', 'os'], 'otherMachine'],
    [
      'another of which hardly anything is readable',
      changed(...DESKTOP),
      ['board', 'mac', 'os', 'cpu'],
      'deviceUnread',
    ],
    [
      'this one, of which hardly anything is readable',
      machine(DESKTOP),
      ['board', 'disk', 'mac'],
      'deviceUnread',
    ],
  ])('tells another machine from one that can not be read: %s', (_, all, unread, expected) => {
    const readable = all.filter(({ name }) => !unread.includes(name));
    expect(outcome(wrappedFirmly(), readable)).toBe(expected);
  });

  it('may be of this machine when what has changed and what can not be read together could be forgiven', () => {
    const noBoard = (keys: MachineKey[]): MachineKey[] => keys.filter(({ name }) => name !== 'board');
    expect(outcome(wrappedFirmly(), noBoard(changed('disk', 'mac')))).toBe('deviceUnread');
    expect(outcome(wrappedFirmly(), noBoard(changed('disk', 'mac', 'machineId')))).toBe('otherMachine');
  });

  it('is wrapped anew for a factor more', () => {
    const wrap = wrapped(['disk', 'machineId', 'cpu']);
    expect(outcome(wrap, machine(['disk', 'mac', 'machineId', 'cpu']))).toBe('opens, stale');
    expect(outcome(wrap, machine(['disk', 'mac', 'machineId']))).toBe('opens');
  });

  it('is not wrapped anew without a factor that is only hidden', () => {
    const keys = changed('mac').filter(({ name }) => name !== 'os');
    expect(outcome(wrapped(), keys)).toBe('drifted');
  });

  it.each<[readonly FactorName[], readonly FactorName[], string]>([
    [['machineId', 'cpu'], ['cpu'], 'opens'],
    [['disk', 'machineId', 'cpu'], ['disk'], 'drifted, stale'],
    [['disk', 'machineId', 'cpu'], ['disk', 'cpu'], 'otherMachine'],
    [['machineId', 'cpu'], ['machineId'], 'otherMachine'],
    [['cpu', 'install'], ['install'], 'otherMachine'],
  ])('made from %j, with another %j', (names, others, expected) => {
    const keys = machine(names, Object.fromEntries(others.map((name) => [name, 1])));
    expect(outcome(wrapped(names), machine(names))).toBe('opens');
    expect(outcome(wrapped(names), keys)).toBe(expected);
  });

  it('needs a factor', () => {
    expect(wrapForMachine(sealing, [], systemRandom)).toBeNull();
  });

  it('holds together: no part of it can be exchanged, dropped or added', () => {
    const wrap = wrapped();
    const other = wrapped();
    const [first, ...rest] = wrap.ways;
    const [strange] = other.ways;
    if (first === undefined || strange === undefined) throw new Error('no ways');
    for (const tampered of [
      { ...wrap, ways: rest },
      { ...wrap, ways: [strange, ...rest] },
      { ...wrap, ways: [...wrap.ways, strange] },
      { ...wrap, enrolled: wrap.enrolled.slice(1) },
      { ...wrap, tag: other.tag },
      { ...wrap, hints: { ...wrap.hints, cpu: wrap.hints?.cpu === '00' ? '01' : '00' } },
      { ...wrap, hints: undefined },
    ]) {
      expect(unwrapForMachine(sealing.kid, tampered, machine(DESKTOP))).toEqual({
        ok: false,
        error: 'damaged',
      });
    }
    expect(unwrapForMachine('ffffffffffffffff', wrap, machine(DESKTOP)).ok).toBe(false);
    expect(unwrapForMachine(sealing.kid, { ...wrap, salt: other.salt }, machine(DESKTOP)).ok).toBe(false);
  });
});
