import { decodeQR } from 'qr/decode.js';

/** Pixels, four bytes each: red, green, blue, alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** More than a whole token takes, so that a picture of a wall of codes ends too. */
const MOST_CODES = 24;
/** Without effort no retry is made, and a picture that was taken at an angle is not read; the time ends it. */
const RETRIES = { effort: Infinity, timeLimit: 1500 } as const;

/**
 * The texts of all QR codes in a picture. A code that was read is painted over, so that the next one is found.
 * @param pixels are changed
 */
export function readCodes({ width, height, data }: Pixels): readonly string[] {
  const texts: string[] = [];
  while (texts.length < MOST_CODES) {
    let box: Box | null = null;
    try {
      const text = decodeQR(
        { width, height, data },
        {
          ...RETRIES,
          pointsOnDetect: ({ boundingBox }, result) => {
            if (typeof result === 'string') box = boundingBox;
          },
        },
      );
      if (!texts.includes(text)) texts.push(text);
    } catch {
      // That there is no code, or none any more, is how every picture ends.
      return texts;
    }
    if (box === null) return texts;
    paintOver(data, width, height, box);
  }
  return texts;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WHITE = 255;

function paintOver(data: Uint8ClampedArray, width: number, height: number, box: Box): void {
  const left = Math.max(0, Math.floor(box.x));
  const right = Math.min(width, Math.ceil(box.x + box.width));
  const bottom = Math.min(height, Math.ceil(box.y + box.height));
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y += 1) {
    data.fill(WHITE, (y * width + left) * 4, (y * width + Math.max(left, right)) * 4);
  }
}
