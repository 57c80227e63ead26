import * as v from 'valibot';

/** Pixels of the screen, independent of its density. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const MINIMUM_SIZE = { width: 480, height: 560 } as const;
export const DEFAULT_SIZE = { width: 880, height: 680 } as const;

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));

/** What is kept of a window between two runs. */
export const savedWindowSchema = v.strictObject({
  bounds: v.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels }),
  maximized: v.boolean(),
});

export type SavedWindow = v.InferOutput<typeof savedWindowSchema>;

/** How much of the title bar must be on a screen so that a person can get hold of the window. */
const REACHABLE = { width: 120, height: 32 } as const;

/**
 * Where to put the window: where it was, if it can still be reached there; screens come and go. Otherwise only the
 * size is kept, and the operating system decides about the place.
 * @param saved what was kept; null on the first run
 * @param workAreas the screens without their task bars; the first is the main one
 */
export function placeWindow(
  saved: SavedWindow | null,
  workAreas: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const wanted = saved?.bounds;
  const home = wanted === undefined ? undefined : workAreas.find((area) => isReachable(wanted, area));
  const room = home ?? workAreas[0];
  const size = (name: 'width' | 'height') =>
    Math.max(
      MINIMUM_SIZE[name],
      Math.min(wanted?.[name] ?? DEFAULT_SIZE[name], room?.[name] ?? DEFAULT_SIZE[name]),
    );
  const place = { width: size('width'), height: size('height') };
  return wanted === undefined || home === undefined ? place : { ...place, x: wanted.x, y: wanted.y };
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const left = Math.max(window.x, area.x);
  const right = Math.min(window.x + window.width, area.x + area.width);
  const isTopInside = window.y >= area.y && window.y + REACHABLE.height <= area.y + area.height;
  return isTopInside && right - left >= REACHABLE.width;
}
