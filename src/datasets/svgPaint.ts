/** Red, green and blue, 0..255. */
export type Rgb = readonly [number, number, number];

/** `#rrggbb`. */
export function hex(color: Rgb): string {
  return `#${color
    .map((channel) =>
      Math.round(Math.min(255, Math.max(0, channel)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** `a` at 0, `b` at 1. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export function darker(color: Rgb, share: number): Rgb {
  return mix(color, [16, 8, 10], share);
}

export function lighter(color: Rgb, share: number): Rgb {
  return mix(color, [255, 250, 240], share);
}

/**
 * Text of an SVG with numbers to a hundredth of a pixel: the last bits of `Math.sin` and `Math.log` differ
 * between platforms, and two decimals do not.
 */
export function svg(strings: TemplateStringsArray, ...values: readonly (number | string)[]): string {
  return strings.reduce((text, part, i) => {
    const value = values[i - 1]!;
    return text + (typeof value === 'number' ? String(Math.round(value * 100) / 100) : value) + part;
  });
}
