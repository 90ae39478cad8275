import { AppError } from '../domain/appError.ts';
import { describeShape, fixedSize, notEmbedder } from './graphInput.ts';
import type { GraphIndex } from './graphValues.ts';
import { type OnnxDim, type OnnxValueInfo, tensorTypes } from './onnxProto.ts';

/** The outputs of an embedder. */
export interface EmbeddingOutputs {
  readonly embedding: string;
  /** Where the model gives the embedding's norm apart (AdaFace). */
  readonly norm: string | null;
  /** Width of the embedding, where the graph declares it. */
  readonly dim: number | null;
  /** Width of the last layer with weights, where the embedding's is not declared; else the same. */
  readonly layerWidth: number | null;
  /** The embedding is divided by its norm in the graph. */
  readonly isUnit: boolean;
}

/** Fewer numbers than this are the scores of a classifier. */
const minDim = 16;
/** Detectors have 6 (boxes and scores at three strides), 9 or 12 outputs. */
const minDetectorOutputs = 6;

/**
 * Finds the embedding among a graph's outputs: the one whose shape is batch × width, further sizes being 1.
 * `wanted` names it; `trusted` accepts fewer than 16 numbers. Throws `AppError` modelNotEmbedder.
 */
export function embeddingOutputsOf(
  index: GraphIndex,
  wanted: string | undefined,
  trusted: boolean,
): EmbeddingOutputs {
  const { outputs } = index.graph;
  const output = wanted === undefined ? onlyVector(index, trusted) : namedOutput(outputs, wanted);
  const width = vectorWidth(output.tensor?.shape);
  if (width === undefined)
    throw notEmbedder(
      `The output «${output.name}» has the shape ${describeShape(output.tensor?.shape)}: it is no vector for each image.`,
      { output: output.name, shape: describeShape(output.tensor?.shape) },
    );
  checkElementType(output);
  const producer = index.producer(output.name);
  if (producer && classifierEnds.has(producer.opType))
    throw notEmbedder(
      `The output «${output.name}» ends in ${producer.opType}: a classifier, not an embedder.`,
      { output: output.name, operator: producer.opType },
    );
  const norm = outputs.find((other) => other !== output && isNorm(index, other));
  return {
    embedding: output.name,
    norm: norm?.name ?? null,
    dim: width,
    layerWidth: width ?? widthOfLastLayer(index, output.name),
    isUnit: valueBeforeNorm(index, output.name) !== null,
  };
}

const classifierEnds = new Set(['Softmax', 'LogSoftmax', 'Sigmoid', 'ArgMax']);

function namedOutput(outputs: readonly OnnxValueInfo[], wanted: string): OnnxValueInfo {
  const output = outputs.find(({ name }) => name === wanted);
  if (output) return output;
  const list = listOutputs(outputs);
  throw new AppError('settingInvalid', `The model has no output «${wanted}»; it has ${list}.`, {
    setting: 'output',
    value: wanted,
    outputs: list,
  });
}

function onlyVector(index: GraphIndex, trusted: boolean): OnnxValueInfo {
  const { outputs } = index.graph;
  const list = listOutputs(outputs);
  const data = { nOutputs: outputs.length, outputs: list };
  if (outputs.length >= minDetectorOutputs)
    throw notEmbedder(`The model has ${outputs.length} outputs: a detector, not an embedder.`, data);
  const vectors = outputs.filter((output) => vectorWidth(output.tensor?.shape) !== undefined);
  const wide = vectors.filter((output) => {
    const width = vectorWidth(output.tensor?.shape) ?? null;
    return !isNorm(index, output) && (width === null || width >= minDim || trusted);
  });
  const [first, ...rest] = wide;
  if (first !== undefined && rest.length === 0) return first;
  if (first !== undefined)
    throw notEmbedder(
      `The model has ${wide.length} outputs that could be the embedding: ${list}; set «output» to one of them.`,
      data,
    );
  const narrow = vectors.map((output) => vectorWidth(output.tensor?.shape)).find((width) => width !== null);
  if (narrow !== undefined)
    throw notEmbedder(
      `The model's output has ${narrow} ${narrow === 1 ? 'value' : 'values'}: a classifier, not an embedder (${list}).`,
      { ...data, dim: narrow },
    );
  throw notEmbedder(`The model's output is no vector for each image: ${list}.`, data);
}

/** Width of a vector for each image, `null` where it is free, `undefined` for any other shape. */
function vectorWidth(shape: readonly OnnxDim[] | null | undefined): number | null | undefined {
  // A shape nobody declares can still be a vector; the first run tells.
  if (!shape) return null;
  const [, ...sizes] = shape;
  if (sizes.length === 0) return undefined;
  if (sizes.length === 1) return fixedSize(sizes[0]);
  const wide = sizes.filter((size) => size !== 1);
  if (wide.length > 1) return undefined;
  return wide.length === 0 ? 1 : (fixedSize(wide[0]) ?? undefined);
}

function checkElementType(output: OnnxValueInfo): void {
  const type = output.tensor?.elementType;
  if (type === tensorTypes.float32 || type === tensorTypes.float16 || type === tensorTypes.float64) return;
  throw notEmbedder(
    `The output «${output.name}» has element type ${type ?? 'unknown'} of ONNX; an embedding is floating point.`,
    { output: output.name, elementType: type ?? null },
  );
}

/** One number for each image, computed as the norm of something. */
function isNorm(index: GraphIndex, output: OnnxValueInfo): boolean {
  const width = vectorWidth(output.tensor?.shape);
  return (width === 1 || width === null) && comesFromNorm(index, output.name);
}

/** What the graph divides by its own norm to get `value`; `null` where it does no such thing. */
export function valueBeforeNorm(index: GraphIndex, value: string): string | null {
  const node = index.producer(value);
  const isDivided =
    node?.opType === 'LpNormalization' ||
    (node?.opType === 'Div' && comesFromNorm(index, node.inputs[1] ?? ''));
  return isDivided ? (node.inputs[0] ?? null) : null;
}

/** Values that the last layer with weights gives for each image (or place). */
function widthOfLastLayer(index: GraphIndex, value: string): number | null {
  let name = valueBeforeNorm(index, value) ?? value;
  for (let step = 0; step < maxStepsToLayer; step++) {
    const node = index.producer(name);
    if (!node) return null;
    const weights = index.initializer(node.inputs[1] ?? '')?.dims;
    if (node.opType === 'Conv') return weights?.[0] ?? null;
    if (node.opType === 'MatMul') return weights?.at(-1) ?? null;
    if (node.opType === 'Gemm') {
      const isTransposed = node.attributes.some(({ name: key, i }) => key === 'transB' && i === 1n);
      return weights?.[isTransposed ? 0 : 1] ?? null;
    }
    if (!keepsWidth.has(node.opType)) return null;
    name = node.inputs[0] ?? '';
  }
  return null;
}

const maxStepsToLayer = 8;
const keepsWidth = new Set([
  'Identity',
  'Cast',
  'Reshape',
  'Flatten',
  'Squeeze',
  'BatchNormalization',
  'Dropout',
]);

/** Exporters write torch.norm as ReduceL2, or as Sqrt of a sum, with a lower bound behind it. */
function comesFromNorm(index: GraphIndex, value: string): boolean {
  let name = value;
  for (let step = 0; step < maxStepsToNorm; step++) {
    const node = index.producer(name);
    if (!node) return false;
    if (node.opType === 'ReduceL2') return true;
    if (node.opType === 'Sqrt') return sumsSquares(index, node.inputs[0] ?? '');
    if (!passesNormOn.has(node.opType)) return false;
    name = node.inputs[0] ?? '';
  }
  return false;
}

const maxStepsToNorm = 5;
const passesNormOn = new Set([
  'Identity',
  'Cast',
  'Clip',
  'Max',
  'Add',
  'Unsqueeze',
  'Squeeze',
  'Reshape',
  'Expand',
]);

function sumsSquares(index: GraphIndex, value: string): boolean {
  let node = index.producer(value);
  for (let step = 0; step < 2 && (node?.opType === 'Add' || node?.opType === 'Max'); step++)
    node = index.producer(node.inputs[0] ?? '');
  return node?.opType === 'ReduceSum' || node?.opType === 'ReduceSumSquare';
}

function listOutputs(outputs: readonly OnnxValueInfo[]): string {
  return outputs.map((output) => `«${output.name}» ${describeShape(output.tensor?.shape)}`).join(', ');
}
