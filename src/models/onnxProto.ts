import { AppError } from '../domain/appError.ts';
import { describeForeignBytes } from './foreignBytes.ts';
import { readModel, writeModel } from './onnxMessages.ts';
import { type Field, joinChunks, ProtobufError } from './protobuf.ts';

/**
 * ONNX's ModelProto and what is in it, as immutable values. Field numbers are those of onnx.proto3 of the
 * ONNX repository. `other` keeps fields this version does not understand. A message that came from a file and
 * was not replaced is written back with the very bytes it had; the large ones (weights) are views of the file.
 */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly graph: OnnxGraph;
  readonly opsets: readonly OnnxOpset[];
  readonly metadata: readonly OnnxEntry[];
  readonly other: readonly Field[];
}

export interface OnnxOpset {
  /** '' is the standard domain. */
  readonly domain: string;
  readonly version: number;
}

export interface OnnxEntry {
  readonly key: string;
  readonly value: string;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
  readonly other: readonly Field[];
}

export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
  readonly other: readonly Field[];
}

export interface OnnxAttribute {
  readonly name: string;
  /** AttributeProto.AttributeType: 1 float, 2 int, 3 string, 4 tensor, 5 graph, 6 floats, 7 ints, 8 strings. */
  readonly type: number;
  readonly f: number | null;
  readonly i: bigint | null;
  readonly s: Uint8Array | null;
  readonly t: OnnxTensor | null;
  readonly g: OnnxGraph | null;
  readonly floats: readonly number[];
  readonly ints: readonly bigint[];
  readonly other: readonly Field[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** A code of `tensorTypes`, or another of TensorProto.DataType. */
  readonly dataType: number;
  /** Little-endian values, row by row; `null` where the values stand in typed fields (in `other`) or elsewhere. */
  readonly rawData: Uint8Array | null;
  /** Where the values lie in a file beside the model: `location`, `offset`, `length`. Empty otherwise. */
  readonly external: readonly OnnxEntry[];
  readonly other: readonly Field[];
}

export interface OnnxValueInfo {
  readonly name: string;
  /** `null` for sequences, maps and values without a type. */
  readonly tensor: OnnxTensorType | null;
  readonly other: readonly Field[];
}

export interface OnnxTensorType {
  readonly elementType: number;
  /** `null`: not even the rank is declared. */
  readonly shape: readonly OnnxDim[] | null;
}

/** A fixed size, a symbol such as `batch`, or nothing known. */
export type OnnxDim = number | string | null;

/** Codes of TensorProto.DataType. */
export const tensorTypes = { float32: 1, uint8: 2, int8: 3, int64: 7, float16: 10, float64: 11 } as const;

/** Reads a model. Throws `AppError` modelNotOnnx, which calls the bytes `name`, for anything that is no ONNX model. */
export function decodeModel(bytes: Uint8Array, name = 'The file'): OnnxModel {
  let model: OnnxModel;
  try {
    model = readModel(bytes);
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw notOnnx(bytes, name, error.message, error);
  }
  // Any short text can happen to be a protobuf message; a model says its version and has a graph with nodes.
  if (!(model.irVersion >= 1)) throw notOnnx(bytes, name, 'it declares no IR version');
  if (model.graph.nodes.length === 0) throw notOnnx(bytes, name, 'its graph has no nodes');
  return model;
}

/** Writes a model; weights are copied once, into the result. */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  return joinChunks(writeModel(model));
}

function notOnnx(bytes: Uint8Array, name: string, reason: string, cause?: unknown): AppError {
  const looksLike = describeForeignBytes(bytes);
  const data = { reason, looksLike, nBytes: bytes.length };
  const guess = looksLike === null ? '' : `: it ${looksLike}`;
  return new AppError(
    'modelNotOnnx',
    `${name} is no ONNX model${guess} (${reason}; ${bytes.length} bytes).`,
    data,
    cause,
  );
}
