import { type OnnxGraph, type OnnxNode, type OnnxTensor, tensorTypes } from './onnxProto.ts';
import { readFloats } from './protobuf.ts';

/** Look-ups in a graph that inspection needs; built once, each answer is then immediate. */
export class GraphIndex {
  readonly graph: OnnxGraph;
  readonly #producers = new Map<string, OnnxNode>();
  readonly #consumers = new Map<string, OnnxNode[]>();
  readonly #initializers: ReadonlyMap<string, OnnxTensor>;

  constructor(graph: OnnxGraph) {
    this.graph = graph;
    this.#initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
    for (const node of graph.nodes) {
      for (const name of node.outputs) this.#producers.set(name, node);
      for (const name of new Set(node.inputs)) {
        const consumers = this.#consumers.get(name);
        if (consumers) consumers.push(node);
        else this.#consumers.set(name, [node]);
      }
    }
  }

  producer(value: string): OnnxNode | undefined {
    return this.#producers.get(value);
  }

  consumers(value: string): readonly OnnxNode[] {
    return this.#consumers.get(value) ?? [];
  }

  /** How many nodes have one of these types. */
  count(...opTypes: readonly string[]): number {
    return this.graph.nodes.filter((node) => opTypes.includes(node.opType)).length;
  }

  isConstant(value: string): boolean {
    return this.#initializers.has(value) || this.producer(value)?.opType === 'Constant';
  }

  initializer(name: string): OnnxTensor | undefined {
    return this.#initializers.get(name);
  }

  /** The first number of a constant float tensor; `null` where it is no constant or not in the file. */
  constant(value: string): number | null {
    const tensor =
      this.#initializers.get(value) ??
      this.producer(value)?.attributes.find((attribute) => attribute.name === 'value')?.t;
    return tensor ? firstNumber(tensor) : null;
  }
}

export function attributeInts(node: OnnxNode, name: string): readonly number[] | undefined {
  return node.attributes.find((attribute) => attribute.name === name)?.ints.map(Number);
}

function firstNumber(tensor: OnnxTensor): number | null {
  const { rawData, dataType } = tensor;
  if (rawData !== null) {
    const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
    if (dataType === tensorTypes.float32 && view.byteLength >= 4) return view.getFloat32(0, true);
    if (dataType === tensorTypes.float64 && view.byteLength >= 8) return view.getFloat64(0, true);
    return null;
  }
  const floatData = tensor.other.find((field) => field.number === 4);
  return floatData === undefined ? null : (readFloats(floatData)[0] ?? null);
}
