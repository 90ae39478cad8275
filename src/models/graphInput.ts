import { AppError } from '../domain/appError.ts';
import type { Layout } from '../domain/preprocessing.ts';
import { attributeInts } from './graphValues.ts';
import { type OnnxDim, type OnnxGraph, type OnnxValueInfo, tensorTypes } from './onnxProto.ts';

/** The one input of an embedder. */
export interface ImageInput {
  readonly name: string;
  readonly elementType: ImageElementType;
  readonly layout: Layout;
  /** Sizes the graph fixes; `null` where they are free. */
  readonly batch: number | null;
  readonly height: number | null;
  readonly width: number | null;
}

export type ImageElementType = 'float32' | 'float16' | 'float64' | 'uint8';

/**
 * Finds the image among a graph's inputs and its layout: three channels at position 1 or 3, or what the first
 * node does with it. Throws `AppError` modelNotEmbedder.
 */
export function imageInputOf(graph: OnnxGraph, wanted: Layout | undefined): ImageInput {
  const weights = new Set(graph.initializers.map((tensor) => tensor.name));
  const inputs = graph.inputs.filter((input) => !weights.has(input.name));
  const [input] = inputs;
  if (input === undefined) throw notEmbedder('The model has no input.');
  if (inputs.length > 1) throw severalInputs(inputs);
  const shape = input.tensor?.shape;
  if (shape?.length !== 4)
    throw notEmbedder(
      `The model's input «${input.name}» has the shape ${describeShape(shape)}; an image has four sizes: batch, channels, height and width.`,
      { input: input.name, shape: describeShape(shape) },
    );
  const layout = layoutOf(graph, input.name, shape, wanted);
  const [height, width] = layout === 'NCHW' ? [shape[2], shape[3]] : [shape[1], shape[2]];
  return {
    name: input.name,
    elementType: elementTypeOf(input),
    layout,
    batch: fixedSize(shape[0]),
    height: fixedSize(height),
    width: fixedSize(width),
  };
}

/** `[N, 3, 112, 112]`; `?` where nothing is known. */
export function describeShape(shape: readonly OnnxDim[] | null | undefined): string {
  return shape ? `[${shape.map((dim) => dim ?? '?').join(', ')}]` : 'unknown';
}

/** Some exporters write 0 or −1 for a size that is free. */
export function fixedSize(dim: OnnxDim | undefined): number | null {
  return typeof dim === 'number' && dim > 0 ? dim : null;
}

export function notEmbedder(
  message: string,
  data: Readonly<Record<string, string | number | null>> = {},
): AppError {
  return new AppError('modelNotEmbedder', message, data);
}

function severalInputs(inputs: readonly OnnxValueInfo[]): AppError {
  const list = inputs.map((input) => `«${input.name}» ${describeShape(input.tensor?.shape)}`).join(', ');
  const nImages = inputs.filter((input) => input.tensor?.shape?.length === 4).length;
  const what = nImages > 1 ? `${nImages} image inputs` : `${inputs.length} inputs`;
  return notEmbedder(`The model has ${what} (${list}); an embedder takes one image and nothing else.`, {
    nInputs: inputs.length,
    nImageInputs: nImages,
    inputs: list,
  });
}

function elementTypeOf(input: OnnxValueInfo): ImageElementType {
  const code = input.tensor?.elementType;
  const name = imageElementTypes.find((type) => tensorTypes[type] === code);
  if (name === undefined)
    throw notEmbedder(
      `The model's input «${input.name}» has element type ${code ?? 'unknown'} of ONNX; an image is float32, float16, float64 or uint8.`,
      { input: input.name, elementType: code ?? null },
    );
  return name;
}

const imageElementTypes = ['float32', 'float16', 'float64', 'uint8'] as const;

function layoutOf(
  graph: OnnxGraph,
  input: string,
  shape: readonly OnnxDim[],
  wanted: Layout | undefined,
): Layout {
  const possible: Layout[] = [];
  if (fixedSize(shape[1]) === 3) possible.push('NCHW');
  if (fixedSize(shape[3]) === 3) possible.push('NHWC');
  if (possible.length === 0) possible.push(...freeChannels(shape));
  if (possible.length === 0)
    throw notEmbedder(
      `The model's input «${input}» has the shape ${describeShape(shape)}: no size is 3, so it takes no colour images.`,
      { input, shape: describeShape(shape) },
    );
  if (wanted !== undefined) {
    if (possible.includes(wanted)) return wanted;
    throw new AppError(
      'settingInvalid',
      `The setting says layout ${wanted}, but the model's input «${input}» has the shape ${describeShape(shape)}.`,
      { setting: 'layout', value: wanted, shape: describeShape(shape) },
    );
  }
  const [first, second] = possible;
  const layout = second === undefined ? first : layoutByFirstNode(graph, input);
  if (layout === undefined)
    throw notEmbedder(
      `The layout of the model's input «${input}» of shape ${describeShape(shape)} cannot be told; set «layout» to NCHW or NHWC.`,
      { input, shape: describeShape(shape) },
    );
  return layout;
}

function freeChannels(shape: readonly OnnxDim[]): Layout[] {
  return [
    ...(fixedSize(shape[1]) === null ? (['NCHW'] as const) : []),
    ...(fixedSize(shape[3]) === null ? (['NHWC'] as const) : []),
  ];
}

/** A convolution over three channels wants NCHW; exporters of NHWC models begin with a Transpose. */
function layoutByFirstNode(graph: OnnxGraph, input: string): Layout | undefined {
  const node = graph.nodes.find((candidate) => candidate.inputs.includes(input));
  if (node?.opType === 'Transpose' && attributeInts(node, 'perm')?.join() === '0,3,1,2') return 'NHWC';
  if (node?.opType === 'Conv') return 'NCHW';
  return undefined;
}
