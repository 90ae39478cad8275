import type { Layout } from '../../src/domain/preprocessing.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import {
  float32Tensor,
  float64Tensor,
  int64Tensor,
  onnxGraph,
  onnxModel,
  onnxNode,
  uint8Tensor,
  valueInfo,
} from '../../src/models/onnxBuild.ts';
import {
  encodeModel,
  type OnnxDim,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  tensorTypes,
} from '../../src/models/onnxProto.ts';

/** Small ONNX models for tests, the same bytes every time. */

export interface NetOptions {
  readonly layout?: Layout;
  readonly width?: number;
  readonly height?: number;
  /** A number fixes the batch. */
  readonly batch?: number | string;
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface PixelNetOptions extends NetOptions {
  readonly elementType?: 'float32' | 'float64' | 'uint8';
  /** Begins with (x − 127.5) · 0.0078125 of its own. */
  readonly normalisesItself?: boolean;
}

/** The pixels that `pixelRevealingNet` shows, in the order of its output: corners, edges and the middle. */
export function revealedPixels(width: number, height: number): readonly (readonly [x: number, y: number])[] {
  const [right, bottom] = [width - 1, height - 1];
  return [
    [0, 0],
    [right, 0],
    [0, bottom],
    [right, bottom],
    [width >> 1, height >> 1],
    [1, 2],
  ];
}

/**
 * Shows what reaches a model: its output is, for each of `revealedPixels`, the three channels of that pixel as the
 * graph gets them. 18 values. Channel order, layout, scale and geometry are each proven by value.
 */
export function pixelRevealingNet(options: PixelNetOptions = {}): OnnxModel {
  const { layout = 'NCHW', width = 8, height = 8, elementType = 'float32' } = options;
  const places = revealedPixels(width, height).flatMap(([x, y]) =>
    [0, 1, 2].map((c) => (layout === 'NCHW' ? c * height * width + y * width + x : (y * width + x) * 3 + c)),
  );
  const own = options.normalisesItself ?? false;
  const start: OnnxNode[] = own
    ? [onnxNode('Sub', ['image', 'mean'], ['centred']), onnxNode('Mul', ['centred', 'scale'], ['normalised'])]
    : [];
  const scalar = elementType === 'float64' ? float64Tensor : float32Tensor;
  const cast = elementType === 'uint8';
  return imageModel(
    {
      ...options,
      elementType,
      outputType: elementType === 'float64' ? 'float64' : 'float32',
    },
    [
      ...start,
      onnxNode('Flatten', [own ? 'normalised' : 'image'], ['flat']),
      onnxNode('Gather', ['flat', 'places'], [cast ? 'bytes' : 'embedding'], { axis: 1 }),
      ...(cast ? [onnxNode('Cast', ['bytes'], ['embedding'], { to: tensorTypes.float32 })] : []),
    ],
    [
      int64Tensor('places', [places.length], places),
      ...(own ? [scalar('mean', [], [127.5]), scalar('scale', [], [0.0078125])] : []),
    ],
    places.length,
  );
}

export interface ConvNetOptions extends NetOptions {
  readonly seed?: number;
  readonly dim?: number;
  /** Further convolutions of 16 channels at half the size, to make it slow: 2.4 MMAC each for 32 × 32. */
  readonly extraLayers?: number;
}

/** An embedder of 32 × 32 → 16 with seeded weights: two convolutions with stride 2, PRelu, Relu, Gemm. */
export function smallConvNet(options: ConvNetOptions = {}): OnnxModel {
  const { width = 32, height = 32, dim = 16, extraLayers = 0 } = options;
  const random = new SeededRandom(options.seed ?? 1);
  const weights = (name: string, dims: readonly number[]) => heWeights(random, name, dims);
  const conv = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
  const nodes = [
    onnxNode('Conv', ['image', 'w1', 'b1'], ['c1'], { ...conv, strides: [2, 2] }),
    onnxNode('PRelu', ['c1', 'slope'], ['x0']),
  ];
  const tensors = [
    weights('w1', [16, 3, 3, 3]),
    weights('b1', [16]),
    float32Tensor('slope', [16, 1, 1], new Float32Array(16).fill(0.25)),
  ];
  for (let layer = 0; layer < extraLayers; layer++) {
    nodes.push(onnxNode('Conv', [`x${layer}`, `extra${layer}`], [`y${layer}`], conv));
    nodes.push(onnxNode('Relu', [`y${layer}`], [`x${layer + 1}`]));
    tensors.push(weights(`extra${layer}`, [16, 16, 3, 3]));
  }
  const nFeatures = 16 * Math.ceil(width / 4) * Math.ceil(height / 4);
  nodes.push(
    onnxNode('Conv', [`x${extraLayers}`, 'w2', 'b2'], ['c2'], { ...conv, strides: [2, 2] }),
    onnxNode('Relu', ['c2'], ['r2']),
    onnxNode('Flatten', ['r2'], ['flat']),
    onnxNode('Gemm', ['flat', 'w3', 'b3'], ['embedding'], { transB: 1 }),
  );
  tensors.push(weights('w2', [16, 16, 3, 3]), weights('b2', [16]));
  tensors.push(weights('w3', [dim, nFeatures]), weights('b3', [dim]));
  return imageModel({ ...options, width, height }, nodes, tensors, dim);
}

/** Two outputs as AdaFace has: the embedding divided by its norm, and the norm. */
export function normOutputNet(options: NetOptions = {}): OnnxModel {
  const model = pixelRevealingNet(options);
  const { batch = 'N' } = options;
  const nodes = model.graph.nodes.map((node) =>
    node.outputs[0] === 'embedding' ? { ...node, outputs: ['raw'] } : node,
  );
  return {
    ...model,
    graph: {
      ...model.graph,
      nodes: [
        ...nodes,
        onnxNode('ReduceL2', ['raw'], ['norm'], { axes: [1], keepdims: 1 }),
        onnxNode('Div', ['raw', 'norm'], ['embedding']),
      ],
      outputs: [...model.graph.outputs, valueInfo('norm', 'float32', [batch, 1])],
    },
  };
}

/** Quantises its input by the range of the whole batch, so that a row depends on its batch-mates. */
export function quantisedNet(options: NetOptions & { readonly dim?: number } = {}): OnnxModel {
  const { width = 8, height = 8, dim = 16 } = options;
  const random = new SeededRandom(3);
  const nValues = 3 * width * height;
  const weights = Uint8Array.from({ length: nValues * dim }, () => random.nextInt(256));
  return imageModel(
    { ...options, width, height },
    [
      onnxNode('Flatten', ['image'], ['flat']),
      onnxNode('DynamicQuantizeLinear', ['flat'], ['bytes', 'step', 'zero']),
      onnxNode('MatMulInteger', ['bytes', 'weights', 'zero', 'weights_zero'], ['sums']),
      onnxNode('Cast', ['sums'], ['floats'], { to: tensorTypes.float32 }),
      onnxNode('Mul', ['floats', 'step'], ['embedding']),
    ],
    [uint8Tensor('weights', [nValues, dim], weights), uint8Tensor('weights_zero', [], [128])],
    dim,
  );
}

/** Subtracts the mean of the batch: float, but a row depends on its batch-mates all the same. */
export function batchMixingNet(options: NetOptions = {}): OnnxModel {
  const model = pixelRevealingNet(options);
  const nodes = model.graph.nodes.map((node) =>
    node.outputs[0] === 'embedding' ? { ...node, outputs: ['raw'] } : node,
  );
  nodes.push(
    onnxNode('ReduceMean', ['raw'], ['batch_mean'], { axes: [0], keepdims: 1 }),
    onnxNode('Mul', ['batch_mean', 'half'], ['half_mean']),
    onnxNode('Sub', ['raw', 'half_mean'], ['embedding']),
  );
  const initializers = [...model.graph.initializers, float32Tensor('half', [], [0.5])];
  return { ...model, graph: { ...model.graph, nodes, initializers } };
}

/** Declares a free batch, but folds all images into one row. */
export function batchFoldingNet(options: NetOptions = {}): OnnxModel {
  const model = pixelRevealingNet(options);
  const nodes = model.graph.nodes.map((node) =>
    node.outputs[0] === 'embedding' ? { ...node, outputs: ['raw'] } : node,
  );
  nodes.push(onnxNode('Reshape', ['raw', 'one_row'], ['embedding']));
  const initializers = [...model.graph.initializers, int64Tensor('one_row', [2], [1, -1])];
  const outputs = [valueInfo('embedding', 'float32', ['N', 'width'])];
  return { ...model, graph: { ...model.graph, nodes, initializers, outputs } };
}

export function twoImageInputsNet(): OnnxModel {
  const shape = ['N', 3, 8, 8];
  return onnxModel(
    onnxGraph({
      name: 'two',
      nodes: [onnxNode('Add', ['left', 'right'], ['sum']), onnxNode('Flatten', ['sum'], ['embedding'])],
      inputs: [valueInfo('left', 'float32', shape), valueInfo('right', 'float32', shape)],
      outputs: [valueInfo('embedding', 'float32', ['N', 192])],
    }),
    { opset: 13 },
  );
}

/** Its output is a feature map. */
export function noVectorNet(): OnnxModel {
  return outputsNet([['map', ['N', 3, 8, 8]]]);
}

/** A graph with the given outputs, each a copy of the image: for inspection only, it does not run. */
export function outputsNet(
  outputs: readonly (readonly [name: string, shape: readonly OnnxDim[]])[],
): OnnxModel {
  return onnxModel(
    onnxGraph({
      name: 'outputs',
      nodes: outputs.map(([name]) => onnxNode('Identity', ['image'], [name])),
      inputs: [valueInfo('image', 'float32', ['N', 3, 112, 112])],
      outputs: outputs.map(([name, shape]) => valueInfo(name, 'float32', shape)),
    }),
    { opset: 13 },
  );
}

export function netBytes(model: OnnxModel): Uint8Array<ArrayBuffer> {
  return encodeModel(model);
}

export interface ImageModelOptions extends NetOptions {
  readonly elementType?: 'float32' | 'float64' | 'uint8';
  readonly outputType?: 'float32' | 'float64';
}

export function imageModel(
  options: ImageModelOptions,
  nodes: readonly OnnxNode[],
  initializers: readonly OnnxTensor[],
  dim: number,
): OnnxModel {
  const { layout = 'NCHW', width = 8, height = 8, batch = 'N', opset = 13, metadata = {} } = options;
  const shape = layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
  const graph = onnxGraph({
    name: 'net',
    nodes,
    initializers,
    inputs: [valueInfo('image', options.elementType ?? 'float32', shape)],
    outputs: [valueInfo('embedding', options.outputType ?? 'float32', [batch, dim])],
  });
  return onnxModel(graph, { opset, metadata });
}

/** He initialisation, so that activations keep their size from layer to layer. */
function heWeights(random: SeededRandom, name: string, dims: readonly number[]): OnnxTensor {
  const count = dims.reduce((product, dim) => product * dim, 1);
  const deviation = Math.sqrt((2 * dims[0]!) / count);
  return float32Tensor(
    name,
    dims,
    Float32Array.from({ length: count }, () => deviation * random.nextNormal()),
  );
}
