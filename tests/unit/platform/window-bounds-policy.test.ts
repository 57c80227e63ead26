import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SIZE, MINIMUM_SIZE, placeWindow } from '../../../electron/platform/window-bounds-policy.ts';

const MAIN = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT = { x: 1920, y: 0, width: 1280, height: 984 };
const at = (x: number, y: number, width = 900, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

describe('placeWindow', () => {
  it('has a default size and leaves the place to the system on the first run', () => {
    expect(placeWindow(null, [MAIN])).toEqual(DEFAULT_SIZE);
  });

  it.each([
    ['on the main screen', at(100, 50)],
    ['on the second screen', at(2000, 10)],
    ['half outside, with its title bar in reach', at(1920 + 1280 - 200, 900)],
  ])('comes back where it was: %s', (_name, saved) => {
    expect(placeWindow(saved, [MAIN, RIGHT])).toEqual(saved.bounds);
  });

  it.each([
    ['on a screen that is gone', at(2000, 10)],
    ['above the screen', at(100, -40)],
    ['below the screen', at(100, 1030)],
    ['beyond the left edge', at(-850, 50)],
  ])('keeps only its size when it would be out of reach: %s', (_name, saved) => {
    expect(placeWindow(saved, [MAIN])).toEqual({ width: 900, height: 700 });
  });

  it('is never smaller than it can be used', () => {
    expect(placeWindow(at(0, 0, 100, 100), [MAIN])).toMatchObject(MINIMUM_SIZE);
  });

  it('is never larger than its screen, whatever was saved', () => {
    const pixels = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(pixels, pixels, pixels, pixels, (x, y, width, height) => {
        const place = placeWindow(at(x, y, width, height), [MAIN, RIGHT]);
        expect(place.width).toBeGreaterThanOrEqual(MINIMUM_SIZE.width);
        expect(place.height).toBeGreaterThanOrEqual(MINIMUM_SIZE.height);
        expect(place.width).toBeLessThanOrEqual(MAIN.width);
        expect(place.height).toBeLessThanOrEqual(MAIN.height);
      }),
    );
  });
});
