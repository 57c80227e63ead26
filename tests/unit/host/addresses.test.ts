import { describe, expect, it } from 'vitest';
import { originOf, toInside, toOutside } from '../../host/addresses.ts';

describe('addresses', () => {
  it.each([
    ['app://latchkey/index.html', 'https://latchkey.host.internal/index.html'],
    ['app://latchkey', 'https://latchkey.host.internal'],
  ])('%s is %s in Chromium, both ways', (outside, inside) => {
    expect(toInside(outside)).toBe(inside);
    expect(toOutside(inside)).toBe(outside);
  });

  it.each(['https://latchkey.host.internal.evil/', 'https://elsewhere.example/', 'about:blank', ''])(
    'leaves %j as it is',
    (address) => {
      expect(toOutside(address)).toBe(address);
      expect(toInside(address)).toBe(address);
    },
  );

  it.each([
    ['app://latchkey/x', 'app://latchkey'],
    ['app://latchkey.evil/x', 'null'],
    ['https://elsewhere.example/x', 'https://elsewhere.example'],
    ['about:blank', 'null'],
    ['', 'null'],
  ])('the origin of %j is %j', (address, origin) => {
    expect(originOf(address)).toBe(origin);
  });
});
