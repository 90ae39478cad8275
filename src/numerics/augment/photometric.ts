import type { SeededRandom } from '../random.ts';

/**
 * Changes of a picture's values, in place: RGB, height × width × 3, in grey levels 0..255 but neither rounded nor
 * clipped, so that several changes in a row lose nothing. `toBytes` comes last.
 */
export type Levels = Float32Array;

export function addBrightness(levels: Levels, greyLevels: number): void {
  for (let i = 0; i < levels.length; i++) levels[i]! += greyLevels;
}

/** Scales the distance of every level from the picture's mean luma: 1 leaves it, 0 makes it flat. */
export function scaleContrast(levels: Levels, factor: number): void {
  const centre = meanLuma(levels);
  for (let i = 0; i < levels.length; i++) levels[i] = centre + (levels[i]! - centre) * factor;
}

/** Scales the distance of every colour from its luma: 1 leaves it, 0 makes it grey. */
export function scaleSaturation(levels: Levels, factor: number): void {
  for (let i = 0; i < levels.length; i += 3) {
    const grey = luma(levels, i);
    for (let channel = i; channel < i + 3; channel++) {
      levels[channel] = grey + (levels[channel]! - grey) * factor;
    }
  }
}

/** Turns every colour around the grey axis (1, 1, 1) of the RGB cube; the mean of its channels stays. */
export function rotateHue(levels: Levels, degrees: number): void {
  const angle = (degrees * Math.PI) / 180;
  const along = Math.cos(angle) + (1 - Math.cos(angle)) / 3;
  const before = (1 - Math.cos(angle)) / 3 - Math.sin(angle) / Math.sqrt(3);
  const after = (1 - Math.cos(angle)) / 3 + Math.sin(angle) / Math.sqrt(3);
  for (let i = 0; i < levels.length; i += 3) {
    const [red, green, blue] = [levels[i]!, levels[i + 1]!, levels[i + 2]!];
    levels[i] = along * red + before * green + after * blue;
    levels[i + 1] = after * red + along * green + before * blue;
    levels[i + 2] = before * red + after * green + along * blue;
  }
}

/** Adds independent Gaussian noise to every value; the same stream gives the same pattern at any strength. */
export function addNoise(levels: Levels, deviation: number, random: SeededRandom): void {
  for (let i = 0; i < levels.length; i++) levels[i]! += deviation * random.nextNormal();
}

/** Lays a black bar over the full width, from `top` to `bottom` in pixels from the upper edge; parts of rows count. */
export function coverRows(levels: Levels, width: number, top: number, bottom: number): void {
  const height = levels.length / (3 * width);
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y++) {
    const shown = 1 - (Math.min(bottom, y + 1) - Math.max(top, y));
    for (let i = y * width * 3; i < (y + 1) * width * 3; i++) levels[i]! *= shown;
  }
}

/** Rounds half up and clips to 0..255. */
export function toBytes(levels: Levels): Uint8Array {
  const bytes = new Uint8Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    bytes[i] = Math.min(255, Math.max(0, Math.floor(levels[i]! + 0.5)));
  }
  return bytes;
}

function meanLuma(levels: Levels): number {
  let sum = 0;
  for (let i = 0; i < levels.length; i += 3) sum += luma(levels, i);
  return sum / (levels.length / 3);
}

/** ITU-R BT.601 */
function luma(levels: Levels, i: number): number {
  return 0.299 * levels[i]! + 0.587 * levels[i + 1]! + 0.114 * levels[i + 2]!;
}
