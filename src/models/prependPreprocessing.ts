import type { ModelProfile, Preprocessing } from '../domain/preprocessing.ts';
import { imageInputOf, type ImageElementType, notEmbedder } from './graphInput.ts';
import { type AttributeValue, float32Tensor, int64Tensor, onnxNode, valueInfo } from './onnxBuild.ts';
import {
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  tensorTypes,
} from './onnxProto.ts';

/** Name of the input that pixels are fed to. */
export const pixelInputName = 'attribute_lens_pixels';

/**
 * The same model with its preprocessing inside: one input of bytes, batch × height × width × 3, RGB, and only
 * the embedding (and its norm) as float32 outputs. A quarter of the bytes goes to a GPU, and one definition of
 * the preprocessing serves every provider. The given graph's own nodes and weights stay as they are.
 * `embedding` names the value that is put out, where it is not the embedding itself but one of its shape before it.
 * With `mirrored` the batch is followed by the mirror image of each row, so that outputs have twice as many rows.
 * Throws `AppError` modelNotEmbedder for operator sets before 7.
 */
export function prependPreprocessing(
  model: OnnxModel,
  profile: ModelProfile,
  { embedding = profile.embeddingOutput, mirrored = false }: PrependOptions = {},
): OnnxModel {
  const { preprocessing } = profile;
  const input = imageInputOf(model.graph, preprocessing.layout);
  const chain = new Chain(pixelInputName, opsetOf(model));
  if (mirrored) appendMirror(chain, preprocessing.width);
  appendPreprocessing(chain, preprocessing, input.elementType);
  const front = chain.endingIn(input.name);
  const declared = (name: string) => model.graph.outputs.find((output) => output.name === name)!;
  const { ends, nodes: back } = asFloat32([
    { ...declared(profile.embeddingOutput), name: embedding },
    ...(profile.normOutput === null ? [] : [declared(profile.normOutput)]),
  ]);
  const weights = new Set(model.graph.initializers.map((tensor) => tensor.name));
  const batch = input.batch ?? batchSymbol(model.graph.inputs, input.name);
  const pixels = valueInfo(pixelInputName, 'uint8', [batch, preprocessing.height, preprocessing.width, 3]);
  return {
    ...model,
    graph: {
      ...model.graph,
      nodes: [...front, ...model.graph.nodes, ...back],
      // Before IR version 4, weights had to be listed as inputs too.
      inputs: [pixels, ...model.graph.inputs.filter(({ name }) => weights.has(name))],
      outputs: ends,
    },
  };
}

export interface PrependOptions {
  readonly embedding?: string;
  readonly mirrored?: boolean;
}

/** Turned as bytes and on the device: half of what two runs would send to it. */
function appendMirror(chain: Chain, width: number): void {
  const turned = Array.from({ length: width }, (_, x) => width - 1 - x);
  const order = chain.constant('mirror', int64Tensor('', [width], turned));
  const mirror = chain.side('Gather', [chain.end, order], { axis: 2 });
  chain.add('Concat', [mirror], { axis: 0 });
}

function appendPreprocessing(
  chain: Chain,
  preprocessing: Preprocessing,
  elementType: ImageElementType,
): void {
  const { layout, channels, normalisation } = preprocessing;
  // Moved as bytes, before they grow fourfold.
  if (layout === 'NCHW') chain.add('Transpose', [], { perm: [0, 3, 1, 2] });
  if (channels === 'BGR') {
    const order = chain.constant('channels', int64Tensor('', [3], [2, 1, 0]));
    chain.add('Gather', [order], { axis: layout === 'NCHW' ? 1 : 3 });
  }
  if (elementType === 'uint8') return;
  chain.add('Cast', [], { to: tensorTypes.float32 });
  switch (normalisation.kind) {
    case 'none':
      break;
    case 'affine':
      chain.add('Sub', [chain.scalar('mean', normalisation.mean)]);
      chain.add('Mul', [chain.scalar('scale', normalisation.scale)]);
      break;
    case 'prewhiten':
      appendPrewhitening(chain, 3 * preprocessing.width * preprocessing.height);
      break;
  }
  if (elementType !== 'float32') chain.add('Cast', [], { to: tensorTypes[elementType] });
}

/** (x − mean) / max(std, 1/√N) over the N values of an image: FaceNet's `prewhiten`. */
function appendPrewhitening(chain: Chain, nValues: number): void {
  const centred = chain.add('Sub', [chain.meanOf(chain.end)]);
  const squares = chain.side('Mul', [centred, centred]);
  const deviation = chain.side('Sqrt', [chain.meanOf(squares)]);
  const bounded = chain.side('Max', [deviation, chain.scalar('least_std', 1 / Math.sqrt(nValues))]);
  chain.add('Div', [bounded]);
}

/** Nodes in a row, each working on the end of the one before; names cannot collide with a model's own. */
class Chain {
  readonly #nodes: OnnxNode[] = [];
  readonly #opset: number;
  #end: string;

  constructor(start: string, opset: number) {
    this.#end = start;
    this.#opset = opset;
  }

  get end(): string {
    return this.#end;
  }

  /** Adds a node that takes the end of the chain, then `others`; its output is the new end. */
  add(
    opType: string,
    others: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    this.#end = this.side(opType, [this.#end, ...others], attributes);
    return this.#end;
  }

  /** Adds a node beside the chain. */
  side(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = `${pixelInputName}/${this.#nodes.length}_${opType}`;
    this.#nodes.push(onnxNode(opType, inputs, [name], attributes));
    return name;
  }

  /** Constant nodes, not initializers: before IR version 4 those had to be inputs too. */
  constant(label: string, tensor: OnnxTensor): string {
    const name = `${pixelInputName}/${label}`;
    this.#nodes.push(onnxNode('Constant', [], [name], { value: tensor }));
    return name;
  }

  scalar(label: string, value: number): string {
    return this.constant(label, float32Tensor('', [], [value]));
  }

  /** Mean over each image. The axes are an attribute up to operator set 17 and an input from 18. */
  meanOf(value: string): string {
    const axes = [1, 2, 3];
    if (this.#opset < 18) return this.side('ReduceMean', [value], { axes, keepdims: 1 });
    const input = this.constant(`${this.#nodes.length}_axes`, int64Tensor('', [3], axes));
    return this.side('ReduceMean', [value, input], { keepdims: 1 });
  }

  /** All nodes, the last of them giving the value `name` that the model's own graph begins with. */
  endingIn(name: string): readonly OnnxNode[] {
    return [...this.#nodes, onnxNode('Identity', [this.#end], [name])];
  }
}

function opsetOf(model: OnnxModel): number {
  const opset = model.opsets.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 1;
  if (!(opset >= 7))
    throw notEmbedder(
      `The model uses operator set ${opset} of ONNX; ONNX Runtime runs 7 and later. Convert it with onnx.version_converter.`,
      { opset },
    );
  return opset;
}

/** Only what is asked for is an output, so that ONNX Runtime drops what computes the rest. */
function asFloat32(outputs: readonly OnnxValueInfo[]): {
  readonly ends: readonly OnnxValueInfo[];
  readonly nodes: readonly OnnxNode[];
} {
  const nodes: OnnxNode[] = [];
  const ends = outputs.map((info) => {
    const { name } = info;
    if (info.tensor?.elementType === tensorTypes.float32) return info;
    const end = float32OutputName(name);
    nodes.push(onnxNode('Cast', [name], [end], { to: tensorTypes.float32 }));
    return {
      ...info,
      name: end,
      tensor: { elementType: tensorTypes.float32, shape: info.tensor?.shape ?? null },
    };
  });
  return { ends, nodes };
}

function float32OutputName(name: string): string {
  return `${name}/attribute_lens_float32`;
}

function batchSymbol(inputs: readonly OnnxValueInfo[], name: string): string {
  const dim = inputs.find((input) => input.name === name)?.tensor?.shape?.[0];
  return typeof dim === 'string' && dim !== '' ? dim : 'N';
}
