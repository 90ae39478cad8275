import {
  type Eigenfaces,
  eigenfacesPixels,
  eigenfacesSide,
  lumaWeights,
  smallestDeviation,
} from './eigenfaces.ts';
import { float32Tensor, onnxGraph, onnxModel, onnxNode, valueInfo } from './onnxBuild.ts';
import { encodeModel } from './onnxProto.ts';

/**
 * The baseline as an ordinary ONNX model with all its preprocessing inside: `image` float32 [N, 3, 64, 64] RGB
 * 0..255 → grey → less its mean, over its standard deviation → `embedding` [N, dim]. `metadata` says more
 * about the training; its keys get the prefix `attribute_lens.`.
 */
export function encodeEigenfaces(model: Eigenfaces, metadata: Readonly<Record<string, string>>): Uint8Array {
  const perImage = { axes: [1], keepdims: 1 };
  const graph = onnxGraph({
    name: model.method,
    inputs: [valueInfo('image', 'float32', ['N', 3, eigenfacesSide, eigenfacesSide])],
    outputs: [valueInfo('embedding', 'float32', ['N', model.dim])],
    nodes: [
      onnxNode('Conv', ['image', 'luma'], ['grey'], { kernel_shape: [1, 1] }),
      onnxNode('Flatten', ['grey'], ['row'], { axis: 1 }),
      onnxNode('ReduceMean', ['row'], ['mean'], perImage),
      onnxNode('Sub', ['row', 'mean'], ['centred']),
      onnxNode('Mul', ['centred', 'centred'], ['squared']),
      onnxNode('ReduceMean', ['squared'], ['variance'], perImage),
      onnxNode('Sqrt', ['variance'], ['deviation']),
      onnxNode('Max', ['deviation', 'smallest'], ['divisor']),
      onnxNode('Div', ['centred', 'divisor'], ['standardised']),
      onnxNode('Gemm', ['standardised', 'weights', 'offset'], ['embedding'], { transB: 1 }),
    ],
    initializers: [
      float32Tensor('luma', [1, 3, 1, 1], lumaWeights),
      float32Tensor('smallest', [1], [smallestDeviation]),
      float32Tensor('weights', [model.dim, eigenfacesPixels], model.weights),
      float32Tensor('offset', [model.dim], model.offset),
    ],
  });
  const entries = {
    family: 'eigenfaces',
    method: model.method,
    components: String(model.components),
    explained_variance: model.explainedVariance.toFixed(6),
    ...metadata,
  };
  return encodeModel(
    onnxModel(graph, {
      opset: 17,
      metadata: Object.fromEntries(
        Object.entries(entries).map(([key, value]) => [`attribute_lens.${key}`, value]),
      ),
    }),
  );
}
