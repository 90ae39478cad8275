import {
  type OnnxAttribute,
  type OnnxDim,
  type OnnxEntry,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  tensorTypes,
} from './onnxProto.ts';

/** The element types that graphs are built with. */
export type BuildType = 'float32' | 'float64' | 'int64' | 'uint8';

export type AttributeValue =
  | number
  | bigint
  | string
  | readonly number[]
  | OnnxTensor
  /** A float, which a whole number cannot say by itself. */
  | { readonly float: number }
  | { readonly floats: readonly number[] };

/** A whole model in the standard domain, IR version 8. */
export function onnxModel(
  graph: OnnxGraph,
  options: { readonly opset: number; readonly metadata?: Readonly<Record<string, string>> },
): OnnxModel {
  const metadata: OnnxEntry[] = Object.entries(options.metadata ?? {}).map(([key, value]) => ({
    key,
    value,
  }));
  return {
    irVersion: 8,
    producerName: 'attribute-lens',
    producerVersion: '',
    graph,
    opsets: [{ domain: '', version: options.opset }],
    metadata,
    other: [],
  };
}

export function onnxGraph(parts: {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers?: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}): OnnxGraph {
  return { initializers: [], ...parts, other: [] };
}

/** A node; whole numbers and arrays of them become int attributes, `{ float }` and `{ floats }` the others. */
export function onnxNode(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): OnnxNode {
  return {
    name: `${opType}_${outputs[0] ?? ''}`,
    opType,
    domain: '',
    inputs,
    outputs,
    attributes: Object.entries(attributes).map(([name, value]) => onnxAttribute(name, value)),
    other: [],
  };
}

export function onnxAttribute(name: string, value: AttributeValue): OnnxAttribute {
  const empty = { name, f: null, i: null, s: null, t: null, g: null, floats: [], ints: [], other: [] };
  if (typeof value === 'bigint' || typeof value === 'number') return { ...empty, type: 2, i: BigInt(value) };
  if (typeof value === 'string') return { ...empty, type: 3, s: new TextEncoder().encode(value) };
  if (isNumbers(value)) return { ...empty, type: 7, ints: value.map(BigInt) };
  if ('float' in value) return { ...empty, type: 1, f: value.float };
  if ('floats' in value) return { ...empty, type: 6, floats: value.floats };
  return { ...empty, type: 4, t: value };
}

/** A tensor of float32; `dims` [] is a scalar. */
export function float32Tensor(
  name: string,
  dims: readonly number[],
  values: Float32Array | readonly number[],
): OnnxTensor {
  return tensorOf(name, 'float32', dims, values instanceof Float32Array ? values : Float32Array.from(values));
}

export function float64Tensor(
  name: string,
  dims: readonly number[],
  values: Float64Array | readonly number[],
): OnnxTensor {
  return tensorOf(name, 'float64', dims, values instanceof Float64Array ? values : Float64Array.from(values));
}

export function int64Tensor(name: string, dims: readonly number[], values: readonly number[]): OnnxTensor {
  return tensorOf(name, 'int64', dims, BigInt64Array.from(values, BigInt));
}

export function uint8Tensor(
  name: string,
  dims: readonly number[],
  values: Uint8Array | readonly number[],
): OnnxTensor {
  return tensorOf(name, 'uint8', dims, values instanceof Uint8Array ? values : Uint8Array.from(values));
}

/** An input or output; a string in `shape` is a symbolic size, `null` an unknown one. */
export function valueInfo(name: string, type: BuildType, shape: readonly OnnxDim[]): OnnxValueInfo {
  return { name, tensor: { elementType: tensorTypes[type], shape }, other: [] };
}

function isNumbers(value: AttributeValue): value is readonly number[] {
  return Array.isArray(value);
}

function tensorOf(
  name: string,
  type: BuildType,
  dims: readonly number[],
  values: Float32Array | Float64Array | BigInt64Array | Uint8Array,
): OnnxTensor {
  const count = dims.reduce((product, dim) => product * dim, 1);
  if (values.length !== count)
    throw new RangeError(`tensor «${name}» of ${dims.join(' × ')} got ${values.length} values`);
  return {
    name,
    dims,
    dataType: tensorTypes[type],
    // Both typed arrays and the ONNX format are little-endian on every platform ONNX Runtime has a binary for.
    rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    external: [],
    other: [],
  };
}
