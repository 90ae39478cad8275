import type { Theme, ThemeKind } from '../theme.ts';

/** Red, green and blue, 0..255. */
export type Rgb = readonly [r: number, g: number, b: number];

/** Steps of a ramp: more are not told apart. */
export const rampSteps = 24;

/**
 * From the least to the greatest number: one hue, whose lightness alone tells, so that it reads the same to
 * colour-blind people and in grey. Both ends have at least 3:1 against the background.
 */
export function rampColours({ kind }: Pick<Theme, 'kind'>): readonly Rgb[] {
  const [low, high] = ends[kind].map(linear) as [Rgb, Rgb];
  return Array.from({ length: rampSteps }, (_, i) => {
    const share = i / (rampSteps - 1);
    // Lightness is near to the cube root of what a screen emits.
    return low.map((from, channel) =>
      encoded((Math.cbrt(from) + share * (Math.cbrt(high[channel]!) - Math.cbrt(from))) ** 3),
    ) as unknown as Rgb;
  });
}

const ends = {
  light: [
    [92, 152, 205],
    [3, 25, 60],
  ],
  dark: [
    [44, 116, 168],
    [222, 243, 255],
  ],
  hcLight: [
    [74, 138, 196],
    [0, 12, 40],
  ],
  hcDark: [
    [40, 118, 176],
    [235, 248, 255],
  ],
} as const satisfies Record<ThemeKind, readonly [Rgb, Rgb]>;

function linear([r, g, b]: Rgb): Rgb {
  const one = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [one(r), one(g), one(b)];
}

function encoded(share: number): number {
  return Math.round(255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055));
}
