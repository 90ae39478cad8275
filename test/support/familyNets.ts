import type { Layout } from '../../src/domain/preprocessing.ts';
import {
  float32Tensor,
  int64Tensor,
  onnxGraph,
  onnxModel,
  onnxNode,
  valueInfo,
} from '../../src/models/onnxBuild.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../src/models/onnxProto.ts';
import { revealedPixels } from './onnxNets.ts';

/** A graph with a family's signature: what inspection sees of real weights. */
export interface FamilyNetOptions {
  readonly layout?: Layout;
  /** Of the square image. */
  readonly side: number;
  readonly dim: number;
  /** A number fixes the batch. */
  readonly batch?: number | string;
  /** Begins with (x − 127.5) · 0.0078125 of its own. */
  readonly normalisesItself?: boolean;
  /** PRelu activations, as ArcFace's networks have. */
  readonly prelu?: boolean;
  /** Ten joins of branches, as in Inception-ResNet. */
  readonly branches?: boolean;
  /** A depthwise convolution over 7 × 7, as in MobileFaceNet. */
  readonly globalDepthwise?: boolean;
  /** Divides the embedding by its norm. */
  readonly unit?: boolean;
  /** Gives that norm as a second output, as AdaFace. */
  readonly norm?: boolean;
  /** Leaves the width of the output undeclared. */
  readonly hidesWidth?: boolean;
}

/**
 * A net whose raw embedding repeats, up to `dim` values, the three channels of each of `revealedPixels` as its own
 * graph gets them: all that its family adds on top (activations, branches, a convolution) changes no value.
 */
export function familyNet(options: FamilyNetOptions): OnnxModel {
  const { layout = 'NCHW', side, dim, batch = 'N' } = options;
  const nodes: OnnxNode[] = [];
  const tensors: OnnxTensor[] = [];
  let value = 'image';
  const add = (opType: string, others: readonly string[], attributes = {}): void => {
    const name = `v${nodes.length}`;
    nodes.push(onnxNode(opType, [value, ...others], [name], attributes));
    value = name;
  };
  const scalar = (name: string, number: number): string => {
    tensors.push(float32Tensor(name, [], [number]));
    return name;
  };
  if (options.normalisesItself === true) {
    add('Sub', [scalar('mean', 127.5)]);
    add('Mul', [scalar('scale', 0.0078125)]);
  }
  if (layout === 'NHWC') add('Transpose', [], { perm: [0, 3, 1, 2] });
  const seen = value;
  if (options.prelu === true) {
    tensors.push(float32Tensor('slope', [3, 1, 1], [1, 1, 1]));
    add('PRelu', ['slope']);
  }
  if (options.branches === true) for (let i = 0; i < 10; i++) add('Concat', [], { axis: 1 });
  add('Flatten', []);
  const places = revealedPixels(side, side).flatMap(([x, y]) =>
    [0, 1, 2].map((c) => c * side * side + y * side + x),
  );
  tensors.push(
    int64Tensor(
      'places',
      [dim],
      Array.from({ length: dim }, (_, i) => places[i % places.length]!),
    ),
  );
  add('Gather', ['places'], { axis: 1 });
  if (options.globalDepthwise === true) {
    const raw = value;
    value = seen;
    tensors.push(float32Tensor('depthwise', [3, 1, 7, 7], new Float32Array(147)));
    tensors.push(float32Tensor('last', [dim, 3, 1, 1], new Float32Array(3 * dim)));
    add('Conv', ['depthwise'], { kernel_shape: [7, 7], group: 3 });
    add('GlobalAveragePool', []);
    // The last layer with weights: its width is the embedding's.
    tensors.push(
      float32Tensor('identity', [dim, dim], identity(dim)),
      float32Tensor('zero', [dim], zeros(dim)),
    );
    add('Conv', ['last'], { kernel_shape: [1, 1] });
    add('Flatten', []);
    add('Add', [raw]);
    add('Gemm', ['identity', 'zero'], { transB: 1 });
  }
  const outputs = [
    valueInfo('embedding', 'float32', [batch, options.hidesWidth === true ? 'width' : dim]),
    ...(options.norm === true ? [valueInfo('norm', 'float32', [batch, 1])] : []),
  ];
  if (options.unit === true) {
    nodes.push(onnxNode('ReduceL2', [value], ['norm'], { axes: [1], keepdims: 1 }));
    nodes.push(onnxNode('Div', [value, 'norm'], ['embedding']));
  } else nodes.push(onnxNode('Identity', [value], ['embedding']));
  const shape = layout === 'NCHW' ? [batch, 3, side, side] : [batch, side, side, 3];
  const graph = onnxGraph({
    name: 'family',
    nodes,
    initializers: tensors,
    inputs: [valueInfo('image', 'float32', shape)],
    outputs,
  });
  return onnxModel(graph, { opset: 13 });
}

function identity(dim: number): Float32Array {
  return Float32Array.from({ length: dim * dim }, (_, i) => (i % (dim + 1) === 0 ? 1 : 0));
}

function zeros(count: number): Float32Array {
  return new Float32Array(count);
}
