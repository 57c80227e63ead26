import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { FUSES as PACKAGED } from '../../../build/package/fuses.mjs';
import { FUSE_SENTINEL, looseFuses, wireAt } from '../../../electron/support/fuse-policy.ts';
import { FUSES } from '../../../shared/support/evidence.ts';
import { DEFAULT_WIRE, fuseWire, PACKAGED_WIRE } from '../../support/fuse-wire.ts';

const PLACES = Object.values(FuseV1Options).filter((place) => typeof place === 'number');

describe('the fuses that a diagnosis expects', () => {
  it('are those that the package sets, each in its place', () => {
    expect(PLACES).toEqual(FUSES.map((_, place) => place));
    const packaged: Readonly<Record<string, unknown>> = { ...PACKAGED };
    const wire = PLACES.map((place) => (packaged[place] === true ? '1' : '0')).join('');
    expect(wire).toBe(PACKAGED_WIRE);
    expect(looseFuses([wire])).toEqual([]);
  });

  it.each(FUSES.map((fuse, place) => ({ fuse, place })))('miss $fuse alone', ({ fuse, place }) => {
    const other = PACKAGED_WIRE[place] === '1' ? '0' : '1';
    const wire = PACKAGED_WIRE.slice(0, place) + other + PACKAGED_WIRE.slice(place + 1);
    expect(looseFuses([wire])).toEqual([fuse]);
    // Of a universal binary both halves count.
    expect(looseFuses([PACKAGED_WIRE, wire])).toEqual([fuse]);
  });

  it('miss most of what Electron comes with', () => {
    expect(looseFuses([DEFAULT_WIRE])).toHaveLength(7);
  });

  it('say nothing of what can’t be read, was removed, or is not there yet', () => {
    expect(looseFuses(null)).toBeNull();
    expect(looseFuses([])).toBeNull();
    expect(looseFuses([PACKAGED_WIRE.replaceAll('1', 'r')])).toEqual([]);
    expect(looseFuses([PACKAGED_WIRE.slice(0, 5)])).toEqual([]);
    expect(looseFuses([`${PACKAGED_WIRE}1`])).toEqual([]);
  });
});

describe('the wire in a binary', () => {
  const at = FUSE_SENTINEL.length;

  it('is read where it is whole', () => {
    expect(wireAt(fuseWire(PACKAGED_WIRE), at)).toBe(PACKAGED_WIRE);
  });

  it('is none where it is cut off, of another version, empty, or too long', () => {
    const whole = fuseWire(PACKAGED_WIRE);
    for (let length = at; length < whole.length; length += 1)
      expect(wireAt(whole.subarray(0, length), at)).toBeNull();
    expect(wireAt(fuseWire(PACKAGED_WIRE, 2), at)).toBeNull();
    expect(wireAt(fuseWire(''), at)).toBeNull();
    expect(wireAt(fuseWire('1'.repeat(65)), at)).toBeNull();
  });
});
