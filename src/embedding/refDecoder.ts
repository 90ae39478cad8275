import { type AugmentedRef, augmentingDecoder } from './augmentFaces.ts';
import { cropDecoder, type FramedRef } from './cropFaces.ts';
import { StageClock } from './stageClock.ts';

/** An image as a data set has it, or moved to a point of a lattice. */
export type ShownRef = FramedRef | AugmentedRef;

export type RefDecoder = (path: string, ref: ShownRef) => Promise<Uint8Array>;

/** Makes what a model of `width` × `height` is shown of an image: RGB, height × width × 3. */
export function refDecoder(width: number, height: number, clock = new StageClock()): RefDecoder {
  const plain = cropDecoder(width, height, clock);
  const augmented = augmentingDecoder(width, height, clock);
  return (path, ref) => ('point' in ref ? augmented(path, ref) : plain(path, ref));
}
