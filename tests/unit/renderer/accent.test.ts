import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, deriveAccent, HOUSE_ACCENT, SURFACES } from '../../../renderer/theme/accent.ts';

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  it('agrees with the known ratios', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#123456', '#123456')).toBe(1);
  });
});

describe('deriveAccent', () => {
  it.each(['light', 'dark'] as const)('is readable with any colour of a vendor, %s', (mode) => {
    fc.assert(
      fc.property(colours, (colour) => {
        const { fill, onFill, ink } = deriveAccent(colour, SURFACES[mode]);
        expect(fill).toBe(colour);
        expect(contrast(fill, onFill)).toBeGreaterThanOrEqual(4.5);
        for (const background of SURFACES[mode].backgrounds) {
          expect(contrast(ink, background)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it('leaves a colour alone that is readable already', () => {
    expect(deriveAccent('#0b3d91', SURFACES.light).ink).toBe('#0b3d91');
  });

  it('knows the backgrounds that the style sheet has', () => {
    const tokens = readFileSync(
      path.resolve(import.meta.dirname, '../../../renderer/theme/tokens.css'),
      'utf8',
    );
    const pairs = ['window', 'surface', 'sunken'].map((name) =>
      new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens)?.slice(1),
    );
    expect(new Set(pairs.map((pair) => pair?.[0]))).toEqual(new Set(SURFACES.light.backgrounds));
    expect(new Set(pairs.map((pair) => pair?.[1]))).toEqual(new Set(SURFACES.dark.backgrounds));
  });

  it('has a house colour that needs no help in light', () => {
    expect(deriveAccent(HOUSE_ACCENT, SURFACES.light)).toEqual({
      fill: HOUSE_ACCENT,
      onFill: '#ffffff',
      ink: HOUSE_ACCENT,
    });
  });
});
