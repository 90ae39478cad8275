import { float16Bits } from './float16.ts';
import {
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  tensorTypes,
} from './onnxProto.ts';

export type HalfPrecision =
  | { readonly isPossible: true; readonly model: OnnxModel }
  /** `reason`: a clause. */
  | { readonly isPossible: false; readonly reason: string };

/**
 * The same model in float16: weights, constants, casts, input and outputs. What its operators want as float32 stays
 * so. Whether its embeddings are still the same has to be measured.
 */
export function toHalfPrecision(model: OnnxModel): HalfPrecision {
  const { graph } = model;
  const odd = graph.nodes.find(({ domain, opType }) => domain !== '' || unsuited.has(opType));
  if (odd) return { isPossible: false, reason: `its operator ${odd.opType} does not take half precision` };
  if (graph.nodes.some(({ attributes }) => attributes.some(({ g }) => g !== null))) {
    return { isPossible: false, reason: 'it has graphs within its graph' };
  }
  try {
    const single = singlePrecisionInputs(graph.nodes);
    const halved: OnnxGraph = {
      ...graph,
      initializers: graph.initializers.map((tensor) =>
        single.has(tensor.name) ? tensor : halfTensor(tensor),
      ),
      nodes: graph.nodes.map((node) => (single.has(node.outputs[0] ?? '') ? node : halfNode(node))),
      inputs: graph.inputs.map((info) => (single.has(info.name) ? info : halfInfo(info))),
      outputs: graph.outputs.map(halfInfo),
      other: graph.other.filter(({ number }) => number !== valueInfoField),
    };
    return { isPossible: true, model: { ...model, graph: halved } };
  } catch (error) {
    if (error instanceof NotHalf) return { isPossible: false, reason: error.message };
    throw error;
  }
}

/** GraphProto.value_info: types of values between nodes, which change and are inferred anew. */
const valueInfoField = 13;

/** Operators that exist for other element types, or say one of their own. */
const unsuited: ReadonlySet<string> = new Set([
  'QuantizeLinear',
  'DequantizeLinear',
  'DynamicQuantizeLinear',
  'QLinearConv',
  'QLinearMatMul',
  'ConvInteger',
  'MatMulInteger',
  'EyeLike',
  'RandomNormal',
  'RandomUniform',
]);

/** Positions of inputs that are float32 whatever the element type of the operator. */
const singleInputs: Readonly<Record<string, readonly number[]>> = { Resize: [1, 2], Upsample: [1] };

class NotHalf extends Error {}

function singlePrecisionInputs(nodes: readonly OnnxNode[]): ReadonlySet<string> {
  return new Set(
    nodes.flatMap(({ opType, inputs }) =>
      (singleInputs[opType] ?? []).flatMap((position) => {
        const name = inputs[position];
        return name === undefined || name === '' ? [] : [name];
      }),
    ),
  );
}

function halfNode(node: OnnxNode): OnnxNode {
  return { ...node, attributes: node.attributes.map((attribute) => halfAttribute(node.opType, attribute)) };
}

function halfAttribute(opType: string, attribute: OnnxAttribute): OnnxAttribute {
  if (attribute.t !== null) return { ...attribute, t: halfTensor(attribute.t) };
  if (opType === 'Cast' && attribute.name === 'to' && attribute.i === BigInt(tensorTypes.float32)) {
    return { ...attribute, i: BigInt(tensorTypes.float16) };
  }
  if (opType === 'Constant' && /^value_floats?$/.test(attribute.name)) {
    throw new NotHalf('it has constants that are always float32');
  }
  return attribute;
}

function halfTensor(tensor: OnnxTensor): OnnxTensor {
  if (tensor.dataType !== tensorTypes.float32) return tensor;
  const { rawData } = tensor;
  if (rawData === null)
    throw new NotHalf(`its weight «${tensor.name}» is stored in a form that is not converted`);
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const halved = new DataView(new ArrayBuffer(rawData.byteLength / 2));
  for (let i = 0; i < rawData.byteLength / 4; i++) {
    const value = view.getFloat32(4 * i, true);
    if (Math.abs(value) > largestHalf) {
      throw new NotHalf(`its weight «${tensor.name}» has values beyond ${largestHalf}`);
    }
    halved.setUint16(2 * i, float16Bits(value), true);
  }
  return { ...tensor, dataType: tensorTypes.float16, rawData: new Uint8Array(halved.buffer) };
}

const largestHalf = 65_504;

function halfInfo(info: OnnxValueInfo): OnnxValueInfo {
  if (info.tensor?.elementType !== tensorTypes.float32) return info;
  return { ...info, tensor: { ...info.tensor, elementType: tensorTypes.float16 } };
}
