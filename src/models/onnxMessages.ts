import type {
  OnnxAttribute,
  OnnxDim,
  OnnxEntry,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxOpset,
  OnnxTensor,
  OnnxTensorType,
  OnnxValueInfo,
} from './onnxProto.ts';
import {
  type Field,
  MessageWriter,
  readBytes,
  readFields,
  readFloats,
  readInt,
  readText,
  readVarints,
} from './protobuf.ts';

/** Field numbers below are those of onnx.proto3. Throws `ProtobufError`. */
export function readModel(bytes: Uint8Array): OnnxModel {
  const f = new FieldSet(bytes);
  const model: OnnxModel = {
    irVersion: f.number(1),
    producerName: f.text(2),
    producerVersion: f.text(3),
    graph: readGraph(f.last(7) ?? new Uint8Array(0)),
    opsets: f.messages(8, readOpset),
    metadata: f.messages(14, readEntry),
    other: f.others(),
  };
  return remember(model, bytes);
}

/** The model in pieces; weights are still views of where they came from. */
export function writeModel(model: OnnxModel): readonly Uint8Array[] {
  return chunksOf(model, (m) => {
    const writer = new MessageWriter().int(1, m.irVersion);
    writer.optionalText(2, m.producerName).optionalText(3, m.producerVersion);
    writer.message(7, writeGraph(m.graph));
    for (const opset of m.opsets)
      writer.message(
        8,
        chunksOf(opset, (o) => new MessageWriter().text(1, o.domain).int(2, o.version)),
      );
    for (const entry of m.metadata) writer.message(14, writeEntry(entry));
    return writer.verbatim(m.other);
  });
}

/** The bytes that a message was read from, as long as nobody replaced it by a changed copy. */
const sources = new WeakMap<object, Uint8Array>();

function remember<T extends object>(message: T, bytes: Uint8Array): T {
  sources.set(message, bytes);
  return message;
}

/** Encodes with `write` unless the message still has the bytes it came from. */
function chunksOf<T extends object>(message: T, write: (message: T) => MessageWriter): readonly Uint8Array[] {
  const source = sources.get(message);
  return source ? [source] : write(message).chunks();
}

function readOpset(bytes: Uint8Array): OnnxOpset {
  const f = new FieldSet(bytes);
  return remember({ domain: f.text(1), version: f.number(2) }, bytes);
}

function readEntry(bytes: Uint8Array): OnnxEntry {
  const f = new FieldSet(bytes);
  return remember({ key: f.text(1), value: f.text(2) }, bytes);
}

function writeEntry(entry: OnnxEntry): readonly Uint8Array[] {
  return chunksOf(entry, (e) => new MessageWriter().text(1, e.key).text(2, e.value));
}

function readGraph(bytes: Uint8Array): OnnxGraph {
  const f = new FieldSet(bytes);
  const graph: OnnxGraph = {
    nodes: f.messages(1, readNode),
    name: f.text(2),
    initializers: f.messages(5, readTensor),
    inputs: f.messages(11, readValueInfo),
    outputs: f.messages(12, readValueInfo),
    other: f.others(),
  };
  return remember(graph, bytes);
}

function writeGraph(graph: OnnxGraph): readonly Uint8Array[] {
  return chunksOf(graph, (g) => {
    const writer = new MessageWriter().optionalText(2, g.name);
    for (const node of g.nodes) writer.message(1, chunksOf(node, writeNode));
    for (const tensor of g.initializers) writer.message(5, chunksOf(tensor, writeTensor));
    for (const input of g.inputs) writer.message(11, chunksOf(input, writeValueInfo));
    for (const output of g.outputs) writer.message(12, chunksOf(output, writeValueInfo));
    return writer.verbatim(g.other);
  });
}

function readNode(bytes: Uint8Array): OnnxNode {
  const f = new FieldSet(bytes);
  const node: OnnxNode = {
    inputs: f.all(1, readText),
    outputs: f.all(2, readText),
    name: f.text(3),
    opType: f.text(4),
    attributes: f.messages(5, readAttribute),
    domain: f.text(7),
    other: f.others(),
  };
  return remember(node, bytes);
}

function writeNode(node: OnnxNode): MessageWriter {
  const writer = new MessageWriter();
  for (const name of node.inputs) writer.text(1, name);
  for (const name of node.outputs) writer.text(2, name);
  writer.optionalText(3, node.name).text(4, node.opType);
  for (const attribute of node.attributes) writer.message(5, chunksOf(attribute, writeAttribute));
  return writer.optionalText(7, node.domain).verbatim(node.other);
}

function readAttribute(bytes: Uint8Array): OnnxAttribute {
  const f = new FieldSet(bytes);
  const [tensor, graph] = [f.last(5), f.last(6)];
  const attribute: OnnxAttribute = {
    name: f.text(1),
    f: f.all(2, readFloats).flat().at(-1) ?? null,
    i: f.all(3, readInt).at(-1) ?? null,
    s: f.last(4),
    t: tensor === null ? null : readTensor(tensor),
    g: graph === null ? null : readGraph(graph),
    floats: f.all(7, readFloats).flat(),
    ints: f.ints(8),
    type: f.number(20),
    other: f.others(),
  };
  return remember(attribute, bytes);
}

function writeAttribute(attribute: OnnxAttribute): MessageWriter {
  const { f, i, s, t, g } = attribute;
  const writer = new MessageWriter().text(1, attribute.name).int(20, attribute.type);
  if (f !== null) writer.float(2, f);
  if (i !== null) writer.int(3, i);
  if (s !== null) writer.bytes(4, s);
  if (t !== null) writer.message(5, chunksOf(t, writeTensor));
  if (g !== null) writer.message(6, writeGraph(g));
  for (const value of attribute.floats) writer.float(7, value);
  for (const value of attribute.ints) writer.int(8, value);
  return writer.verbatim(attribute.other);
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const f = new FieldSet(bytes);
  const tensor: OnnxTensor = {
    dims: f.ints(1).map(Number),
    dataType: f.number(2),
    name: f.text(8),
    rawData: f.last(9),
    external: f.messages(13, readEntry),
    other: f.others(),
  };
  return remember(tensor, bytes);
}

function writeTensor(tensor: OnnxTensor): MessageWriter {
  const writer = new MessageWriter();
  for (const dim of tensor.dims) writer.int(1, dim);
  writer.int(2, tensor.dataType).optionalText(8, tensor.name);
  if (tensor.rawData !== null) writer.bytes(9, tensor.rawData);
  for (const entry of tensor.external) writer.message(13, writeEntry(entry));
  return writer.verbatim(tensor.other);
}

function readValueInfo(bytes: Uint8Array): OnnxValueInfo {
  const f = new FieldSet(bytes);
  const name = f.text(1);
  const type = f.last(2);
  const tensor = type === null ? null : new FieldSet(type).last(1);
  // A type that is no tensor (sequence, map) is kept as it stands.
  const other = tensor === null ? f.others([1]) : f.others();
  return remember({ name, tensor: tensor === null ? null : readTensorType(tensor), other }, bytes);
}

function readTensorType(bytes: Uint8Array): OnnxTensorType {
  const f = new FieldSet(bytes);
  const shape = f.last(2);
  return {
    elementType: f.number(1),
    shape: shape === null ? null : new FieldSet(shape).messages(1, readDim),
  };
}

function readDim(bytes: Uint8Array): OnnxDim {
  const f = new FieldSet(bytes);
  const value = f.all(1, readInt).at(-1);
  if (value !== undefined) return Number(value);
  const symbol = f.text(2);
  return symbol === '' ? null : symbol;
}

function writeValueInfo(info: OnnxValueInfo): MessageWriter {
  const writer = new MessageWriter().text(1, info.name);
  if (info.tensor !== null) {
    const { elementType, shape } = info.tensor;
    const tensor = new MessageWriter().int(1, elementType);
    if (shape !== null) {
      const dims = new MessageWriter();
      for (const dim of shape) dims.message(1, writeDim(dim).chunks());
      tensor.message(2, dims.chunks());
    }
    writer.message(2, new MessageWriter().message(1, tensor.chunks()).chunks());
  }
  return writer.verbatim(info.other);
}

function writeDim(dim: OnnxDim): MessageWriter {
  const writer = new MessageWriter();
  if (typeof dim === 'number') return writer.int(1, dim);
  return dim === null ? writer : writer.text(2, dim);
}

/** Fields of one message by number; remembers which numbers were asked for, so that the rest can be kept. */
class FieldSet {
  readonly #fields: readonly Field[];
  readonly #known = new Set<number>();

  constructor(bytes: Uint8Array) {
    this.#fields = readFields(bytes);
  }

  all<T>(number: number, read: (field: Field) => T): T[] {
    this.#known.add(number);
    return this.#fields.filter((field) => field.number === number).map(read);
  }

  messages<T>(number: number, read: (bytes: Uint8Array) => T): T[] {
    return this.all(number, (field) => read(readBytes(field)));
  }

  ints(number: number): bigint[] {
    return this.all(number, readVarints)
      .flat()
      .map((value) => BigInt.asIntN(64, value));
  }

  last(number: number): Uint8Array | null {
    return this.all(number, readBytes).at(-1) ?? null;
  }

  text(number: number): string {
    return this.all(number, readText).at(-1) ?? '';
  }

  number(number: number): number {
    return Number(this.all(number, readInt).at(-1) ?? 0n);
  }

  /** Fields nobody asked for, and those named. */
  others(keep: readonly number[] = []): readonly Field[] {
    return this.#fields.filter((field) => !this.#known.has(field.number) || keep.includes(field.number));
  }
}
