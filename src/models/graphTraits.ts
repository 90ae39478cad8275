import { attributeInts, type GraphIndex } from './graphValues.ts';
import type { OnnxNode } from './onnxProto.ts';

/** What a graph does that says how it was trained or how it must be run. */
export interface GraphTraits {
  /** Pixel range the graph scales by itself: 0..255 or 0..1; `null` where it leaves scaling to the caller. */
  readonly scalesFrom: 255 | 1 | null;
  /** Quantises activations by their range over the whole batch, so that a row depends on its batch-mates. */
  readonly quantised: boolean;
  readonly hasPRelu: boolean;
  /** Many joins of branches, as in Inception-ResNet. */
  readonly hasInceptionBranches: boolean;
  /** A depthwise convolution over the whole last map, as MobileFaceNet has instead of pooling. */
  readonly hasGlobalDepthwise: boolean;
}

export function graphTraits(index: GraphIndex, input: string): GraphTraits {
  const hasPRelu = index.count('PRelu') > 0;
  return {
    scalesFrom: pixelRange(index, input),
    quantised: index.count(...dynamicQuantisation) > 0,
    hasPRelu,
    hasInceptionBranches: !hasPRelu && index.count('Concat') >= minInceptionJoins,
    hasGlobalDepthwise: index.graph.nodes.some((node) => isGlobalDepthwise(index, node)),
  };
}

const dynamicQuantisation = [
  'DynamicQuantizeLinear',
  'MatMulInteger',
  'ConvInteger',
  'DynamicQuantizeMatMul',
  'MatMulIntegerToFloat',
];

/** Inception-ResNet-v1 has 23 concatenations; other face backbones have a handful at most. */
const minInceptionJoins = 10;

/** An image of 112 × 112, halved four times, is a map of 7 × 7. */
const lastMapSide = 7;

/** Without a border, a window of the map's own size leaves one value of each channel. */
function isGlobalDepthwise(index: GraphIndex, node: OnnxNode): boolean {
  if (node.opType !== 'Conv') return false;
  const weights = index.initializer(node.inputs[1] ?? '')?.dims;
  const [channels, perGroup, height, width] = weights ?? [];
  return (
    channels !== undefined &&
    channels > 1 &&
    perGroup === 1 &&
    height === lastMapSide &&
    width === lastMapSide &&
    (attributeInts(node, 'pads') ?? []).every((pad) => pad === 0)
  );
}

/** InsightFace looks at the first 8 nodes; here at the first 8 that the image itself passes through. */
const maxSteps = 8;
const keepsValues = new Set(['Transpose', 'Cast', 'Identity', 'QuantizeLinear', 'DequantizeLinear']);

/**
 * Follows the image through its first nodes. A subtraction and a scaling by constants mean that the graph
 * normalises itself; the first constant tells from which range. A constant fit for bytes alone says as much.
 */
function pixelRange(index: GraphIndex, input: string): 255 | 1 | null {
  let value = input;
  let from: 255 | 1 | undefined;
  let shifts = false;
  let scales = false;
  for (let step = 0; step < maxSteps; step++) {
    const [node, ...others] = index.consumers(value);
    if (node === undefined || others.length > 0) break;
    const arithmetic = constantOperand(index, node, value);
    if (arithmetic === undefined && !keepsValues.has(node.opType)) break;
    if (arithmetic !== undefined) {
      from ??= rangeBefore(node.opType, arithmetic);
      if (node.opType === 'Sub' || node.opType === 'Add') shifts = true;
      else scales = true;
    }
    value = node.outputs[0] ?? '';
  }
  return from === 255 || (shifts && scales) ? (from ?? 255) : null;
}

/** The constant that `node` adds, subtracts, multiplies or divides by; `null` where its value is not in the file. */
function constantOperand(index: GraphIndex, node: OnnxNode, value: string): number | null | undefined {
  if (!['Sub', 'Add', 'Mul', 'Div'].includes(node.opType)) return undefined;
  const other = node.inputs.find((name) => name !== value);
  return other !== undefined && index.isConstant(other) ? index.constant(other) : undefined;
}

/** A mean above 2, a divisor above 4 or a factor below a quarter belong to bytes, smaller ones to 0..1. */
function rangeBefore(opType: string, constant: number | null): 255 | 1 | undefined {
  if (constant === null) return undefined;
  const size = Math.abs(constant);
  if (opType === 'Mul') return size < 0.25 ? 255 : 1;
  if (opType === 'Div') return size > 4 ? 255 : 1;
  return size > 2 ? 255 : 1;
}
