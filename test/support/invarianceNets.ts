import { float32Tensor, int64Tensor, onnxNode } from '../../src/models/onnxBuild.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../src/models/onnxProto.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { imageModel } from './onnxNets.ts';

/**
 * Embedders of 16 × 16 whose answer to brightness is known. Opened with mean 128 and scale 1/128, grey levels
 * become numbers that float32 holds exactly, and so are their differences.
 */
export const exactLevels = { mean: 128, scale: 1 / 128, channels: 'RGB', metric: 'euclidean' } as const;

const side = 16;
const nValues = 3 * side * side;
const nDifferences = 24;

/** Its output is differences between values of the image: what is added to all of them has no part in it. */
export function brightnessBlindNet(): OnnxModel {
  const { nodes, tensors } = differences('embedding');
  return imageModel({ width: side, height: side }, nodes, tensors, nDifferences);
}

/** The same, and the mean level along an axis of its own: brightness moves it along that axis, always. */
export function brightnessAxisNet(): OnnxModel {
  const { nodes, tensors } = differences('differences');
  return imageModel(
    { width: side, height: side },
    [
      ...nodes,
      onnxNode('ReduceMean', ['flat'], ['level'], { axes: [1], keepdims: 1 }),
      onnxNode('Concat', ['differences', 'level'], ['embedding'], { axis: 1 }),
    ],
    tensors,
    nDifferences + 1,
  );
}

/** Random Fourier features, cos(Wx + b): what brightness does depends on the image. */
export function randomFeaturesNet(): OnnxModel {
  const random = new SeededRandom(11);
  const dim = 32;
  const weights = Float32Array.from(
    { length: nValues * dim },
    () => (3 * random.nextNormal()) / Math.sqrt(nValues),
  );
  const bias = Float32Array.from({ length: dim }, () => 2 * Math.PI * random.nextFloat());
  return imageModel(
    { width: side, height: side },
    [
      onnxNode('Flatten', ['image'], ['flat']),
      onnxNode('Gemm', ['flat', 'weights', 'bias'], ['features']),
      onnxNode('Cos', ['features'], ['embedding']),
    ],
    [float32Tensor('weights', [nValues, dim], weights), float32Tensor('bias', [dim], bias)],
    dim,
  );
}

function differences(output: string): { readonly nodes: OnnxNode[]; readonly tensors: OnnxTensor[] } {
  const random = new SeededRandom(7);
  const places = (): number[] => Array.from({ length: nDifferences }, () => random.nextInt(nValues));
  return {
    nodes: [
      onnxNode('Flatten', ['image'], ['flat']),
      onnxNode('Gather', ['flat', 'left_places'], ['left'], { axis: 1 }),
      onnxNode('Gather', ['flat', 'right_places'], ['right'], { axis: 1 }),
      onnxNode('Sub', ['left', 'right'], [output]),
    ],
    tensors: [
      int64Tensor('left_places', [nDifferences], places()),
      int64Tensor('right_places', [nDifferences], places()),
    ],
  };
}
