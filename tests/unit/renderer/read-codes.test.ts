import { encodeQR } from 'qr';
import { describe, expect, it } from 'vitest';
import { readCodes, type Pixels } from '../../../renderer/offline/read-codes.ts';
import { splitForQr } from '../../../shared/token/qr-series.ts';
import { shapeOf } from '../../e2e/screens/tokens.ts';

const split = splitForQr(shapeOf('activation-response'));
const codes = split.ok ? split.value : [];
const SCALE = 4;

/** A picture with these codes beside each other, as a screen shows them. */
function picture(...texts: readonly string[]): Pixels {
  const drawn = texts.map((text) => encodeQR(text, 'raw', { ecc: 'low', border: 4 }));
  const height = Math.max(80, ...drawn.map((rows) => rows.length)) * SCALE;
  const width =
    Math.max(
      80,
      drawn.reduce((sum, rows) => sum + rows.length, 0),
    ) * SCALE;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  let left = 0;
  for (const rows of drawn) {
    for (let y = 0; y < rows.length * SCALE; y += 1) {
      for (let x = 0; x < rows.length * SCALE; x += 1) {
        if (rows[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] !== true) continue;
        const at = (y * width + left + x) * 4;
        data.fill(0, at, at + 3);
      }
    }
    left += rows.length * SCALE;
  }
  return { width, height, data };
}

describe('readCodes', () => {
  it.each(codes)('reads one code', (code) => {
    expect(readCodes(picture(code))).toEqual([code]);
  });

  it('reads all codes of a picture, each once', () => {
    expect(codes.length).toBeGreaterThan(1);
    expect(readCodes(picture(...codes)).toSorted()).toEqual(codes.toSorted());
  });

  it('finds nothing where there is nothing', () => {
    expect(readCodes(picture())).toEqual([]);
  });
});
