/** A colour of the vendor, made usable: each value is readable where it is used. All are `#rrggbb`. */
export interface Accent {
  /** Fill of the main button. */
  readonly fill: string;
  /** Text and icons on the fill: at least 4.5 to 1. */
  readonly onFill: string;
  /** The colour as text, icon or focus ring on a surface: at least 4.5 to 1. */
  readonly ink: string;
}

export interface Surfaces {
  /** Every background that ink may lie on; the hardest one decides. */
  readonly backgrounds: readonly string[];
  readonly dark: boolean;
}

/** The backgrounds of tokens.css that accent ink lies on. */
export const SURFACES = {
  light: { backgrounds: ['#ffffff', '#f5f5f7', '#e9e9ee'], dark: false },
  dark: { backgrounds: ['#1b1b1f', '#27272c', '#33333a'], dark: true },
} as const satisfies Record<string, Surfaces>;

/** What is shown when the vendor names no colour. */
export const HOUSE_ACCENT = '#2f5bd0';

const READABLE = 4.5;

type Rgb = readonly [number, number, number];

function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function print(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one)), luminance(parse(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function mix(colour: string, towards: string, share: number): string {
  const [from, to] = [parse(colour), parse(towards)];
  return print([
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ]);
}

/** Moves a colour towards white or black by the least that makes it readable on every background. */
function readableOn(colour: string, { backgrounds, dark }: Surfaces): string {
  const towards = dark ? '#ffffff' : '#000000';
  for (let step = 0; step < 20; step++) {
    const candidate = mix(colour, towards, step / 20);
    if (backgrounds.every((background) => contrast(candidate, background) >= READABLE)) return candidate;
  }
  return towards;
}

/**
 * Derives what the screens need from a vendor's colour.
 * @param colour `#rrggbb`, any at all
 */
export function deriveAccent(colour: string, surfaces: Surfaces): Accent {
  // One of white and black is always at 4.5 or more; white is preferred as long as it is readable.
  const onFill = contrast(colour, '#ffffff') >= READABLE ? '#ffffff' : '#000000';
  return { fill: colour, onFill, ink: readableOn(colour, surfaces) };
}
