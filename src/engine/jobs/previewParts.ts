import type { AlignmentOptions } from '../../domain/alignment.ts';
import type { ModelOverride } from '../../domain/preprocessing.ts';
import { encodeJpeg } from '../../models/decoder.ts';
import { identifyModel } from '../../models/prepareModel.ts';
import type { RgbImage } from '../../numerics/geometry/rgbImage.ts';
import { SeededRandom } from '../../numerics/random.ts';

/** What the previews have in common. */

export interface CropSize {
  readonly width: number;
  readonly height: number;
  /** A baseline learned here, which `auto` shows whole images. */
  readonly seesWhole: boolean;
}

export async function cropSize({
  model,
  alignment,
}: {
  readonly model: ModelOverride | null;
  readonly alignment: AlignmentOptions;
}): Promise<CropSize> {
  if (model === null) return { width: 112, height: 112, seesWhole: false };
  const { preprocessing, family } = (await identifyModel(model, false)).profile;
  const { width, height } = preprocessing;
  return { width, height, seesWhole: alignment.mode === 'auto' && family === 'eigenfaces' };
}

export async function dataUri(image: RgbImage): Promise<string> {
  const jpeg = await encodeJpeg(image, 85);
  return `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
}

/** `count` of `total` rows by seed, ascending. */
export function sampleRows(total: number, count: number, seed: number): Int32Array {
  const rows = Int32Array.from({ length: total }, (_, row) => row);
  if (total <= count) return rows;
  new SeededRandom(seed).fork('preview').shuffle(rows);
  return rows.slice(0, count).sort();
}
