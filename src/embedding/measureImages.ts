import { imageStatisticNames, imageStatistics } from '../numerics/imageStatistics.ts';
import { type FillOutcome, type FillRequest, fillStore } from './pipeline.ts';

export interface MeasuredPixels {
  /** RGB, height × width × 3. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Images between two looks at the cancel signal. */
const batchSize = 32;

/**
 * Computes the statistics of images that the store (see `statisticsStore`) lacks, in the order of
 * `imageStatisticNames`, as float32. The hue of a grey picture is NaN, and its row usable all the same.
 */
export function measureImages(
  request: Omit<FillRequest<MeasuredPixels>, 'batchSize' | 'compute'>,
): Promise<FillOutcome> {
  return fillStore<MeasuredPixels>({
    ...request,
    batchSize,
    compute: (batch) =>
      Promise.resolve(
        batch.map(({ ref, decoded: { pixels, width, height } }) => {
          const statistics = imageStatistics(pixels, width, height);
          const vector = Float32Array.from(imageStatisticNames, (name) => statistics[name]);
          return { key: ref.key, vector, norm: null, usable: true };
        }),
      ),
  });
}
