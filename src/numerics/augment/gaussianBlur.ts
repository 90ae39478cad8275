import type { Levels } from './photometric.ts';

/**
 * Convolves each channel with a Gaussian of standard deviation `sigma` in pixels, cut at three and a half of them
 * and normalised; beyond the edge the nearest pixel is repeated. In place.
 */
export function gaussianBlur(levels: Levels, width: number, sigma: number): void {
  if (!(sigma > 0)) return;
  const kernel = gaussianKernel(sigma);
  const height = levels.length / (3 * width);
  const rows = new Float32Array(levels.length);
  convolve(levels, rows, kernel, { lines: height, length: width, step: 3, stride: width * 3 });
  convolve(rows, levels, kernel, { lines: width, length: height, step: width * 3, stride: 3 });
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  /** From one pixel of a line to the next, and from a line to the next. */
  readonly step: number;
  readonly stride: number;
}

function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.max(1, Math.ceil(3.5 * sigma));
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

function convolve(
  from: Levels,
  to: Levels,
  kernel: Float64Array,
  { lines, length, step, stride }: Lines,
): void {
  const radius = (kernel.length - 1) / 2;
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < length; place++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = -radius; k <= radius; k++) {
        const near = Math.min(length - 1, Math.max(0, place + k));
        const at = line * stride + near * step;
        const weight = kernel[k + radius]!;
        red += weight * from[at]!;
        green += weight * from[at + 1]!;
        blue += weight * from[at + 2]!;
      }
      const at = line * stride + place * step;
      to[at] = red;
      to[at + 1] = green;
      to[at + 2] = blue;
    }
  }
}
