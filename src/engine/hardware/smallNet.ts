import { onnxGraph, onnxModel, onnxNode, float32Tensor, valueInfo } from '../../models/onnxBuild.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../models/onnxProto.ts';
import { SeededRandom } from '../../numerics/random.ts';

/** Channels after each layer; all but the second halve the side. */
const channels = [3, 32, 64, 64, 128, 128] as const;
const dim = 128;

/**
 * A net of five convolutions with random weights, 112 × 112 → 128, that stands in for a model where none is given:
 * about 0.07 GMAC an image, light enough for any machine.
 */
export function smallNet(): OnnxModel {
  const random = new SeededRandom(7);
  const weights = (name: string, dims: readonly number[], fanIn: number): OnnxTensor => {
    const values = new Float32Array(dims.reduce((product, size) => product * size, 1));
    for (let at = 0; at < values.length; at++) values[at] = random.nextNormal() * Math.sqrt(2 / fanIn);
    return float32Tensor(name, dims, values);
  };
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  for (let layer = 1; layer < channels.length; layer++) {
    const [from, to] = [channels[layer - 1]!, channels[layer]!];
    const stride = layer === 2 ? 1 : 2;
    const input = layer === 1 ? 'input' : `relu${layer - 1}`;
    initializers.push(weights(`w${layer}`, [to, from, 3, 3], 9 * from));
    nodes.push(
      onnxNode('Conv', [input, `w${layer}`], [`conv${layer}`], {
        kernel_shape: [3, 3],
        pads: [1, 1, 1, 1],
        strides: [stride, stride],
      }),
      onnxNode('Relu', [`conv${layer}`], [`relu${layer}`]),
    );
  }
  const last = channels.length - 1;
  initializers.push(weights('wEmbedding', [channels[last]!, dim], channels[last]!));
  nodes.push(
    onnxNode('GlobalAveragePool', [`relu${last}`], ['pooled']),
    onnxNode('Flatten', ['pooled'], ['flat']),
    onnxNode('MatMul', ['flat', 'wEmbedding'], ['embedding']),
  );
  const graph = onnxGraph({
    name: 'smallNet',
    nodes,
    initializers,
    inputs: [valueInfo('input', 'float32', ['N', 3, 112, 112])],
    outputs: [valueInfo('embedding', 'float32', ['N', dim])],
  });
  return onnxModel(graph, { opset: 13 });
}
