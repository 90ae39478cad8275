import {
  type OnnxGraph,
  type OnnxModel,
  type OnnxTensor,
  type OnnxValueInfo,
  tensorTypes,
} from './onnxProto.ts';

/** What a model file holds, before anything is made of it. */
export interface ModelStructure {
  /** Of the standard operators; `null` where the model uses none of them. */
  readonly opset: number | null;
  /** What wrote the file, with its version; empty where it does not say. */
  readonly producer: string;
  /** Numbers stored in it, without shapes and indices. */
  readonly nParameters: number;
  readonly inputs: readonly TensorSketch[];
  readonly outputs: readonly TensorSketch[];
  /** The most frequent first, then by name; those of other domains with it before them. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
}

export interface TensorSketch {
  readonly name: string;
  /** `float32`, or the code of an uncommon one; `unknown` where it is no tensor. */
  readonly elementType: string;
  /** Fixed sizes, symbols, and `?` for sizes of which nothing is said; only `…` where not even the rank is. */
  readonly shape: readonly (number | string)[];
}

export function modelStructure(model: OnnxModel): ModelStructure {
  const { graph } = model;
  const graphs = withSubgraphs(graph);
  const weights = new Set(graph.initializers.map(({ name }) => name));
  return {
    opset: model.opsets.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? null,
    producer: `${model.producerName} ${model.producerVersion}`.trim(),
    nParameters: graphs.flatMap(storedTensors).reduce((sum, tensor) => sum + nNumbers(tensor), 0),
    inputs: graph.inputs.filter(({ name }) => !weights.has(name)).map(sketch),
    outputs: graph.outputs.map(sketch),
    operators: countOperators(graphs),
  };
}

/** The graph and those inside its control-flow nodes. */
function withSubgraphs(graph: OnnxGraph): readonly OnnxGraph[] {
  const inner = graph.nodes.flatMap((node) => node.attributes.flatMap(({ g }) => (g === null ? [] : [g])));
  return [graph, ...inner.flatMap(withSubgraphs)];
}

/** Some exporters write weights as Constant nodes. */
function storedTensors(graph: OnnxGraph): readonly OnnxTensor[] {
  const constants = graph.nodes
    .filter(({ opType }) => opType === 'Constant')
    .flatMap(({ attributes }) => attributes.flatMap(({ t }) => (t === null ? [] : [t])));
  return [...graph.initializers, ...constants];
}

function nNumbers({ dataType, dims }: OnnxTensor): number {
  // Shapes, axes and indices are int64.
  return dataType === tensorTypes.int64 ? 0 : dims.reduce((product, dim) => product * dim, 1);
}

function countOperators(graphs: readonly OnnxGraph[]): ModelStructure['operators'] {
  const counts = new Map<string, number>();
  for (const { opType, domain } of graphs.flatMap(({ nodes }) => nodes)) {
    const name = domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function sketch({ name, tensor }: OnnxValueInfo): TensorSketch {
  return {
    name,
    elementType: tensor === null ? 'unknown' : typeName(tensor.elementType),
    shape: tensor?.shape?.map((dim) => dim ?? '?') ?? ['…'],
  };
}

/** TensorProto.DataType. */
function typeName(code: number): string {
  const [name] = Object.entries(tensorTypes).find(([, other]) => other === code) ?? [];
  return name ?? otherTypes[code] ?? `type ${code}`;
}

const otherTypes: Readonly<Record<number, string>> = { 6: 'int32', 9: 'bool', 16: 'bfloat16' };
