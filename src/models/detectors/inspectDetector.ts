import { AppError } from '../../domain/appError.ts';
import { describeShape, fixedSize } from '../graphInput.ts';
import {
  type OnnxDim,
  type OnnxGraph,
  type OnnxModel,
  type OnnxValueInfo,
  tensorTypes,
} from '../onnxProto.ts';
import type { FixedSize } from './detectorRule.ts';
import { coarsestStride, detectorStrides, type LevelOutputs } from './levelMaps.ts';

export type DetectorKind = 'scrfd' | 'yunet';

/** A detector as its graph defines it. */
export interface DetectorProfile {
  readonly kind: DetectorKind;
  readonly input: string;
  readonly size: FixedSize;
  readonly levels: readonly LevelOutputs[];
  readonly hasLandmarks: boolean;
}

/**
 * Finds out what kind of face detector a model is, from its inputs and outputs. The sizes of its outputs are only
 * checked where they are declared: `levelMaps` checks them all when it runs. Throws `AppError` modelNotDetector,
 * which names what was found.
 */
export function inspectDetector({ graph }: OnnxModel): DetectorProfile {
  const signature = signatures.find(({ parts }) => parts.length * 3 === graph.outputs.length);
  const names = signature && namesByPart(graph.outputs, signature.parts);
  if (!signature || !names) throw notDetector(graph, 'its outputs are not those of a face detector');
  const input = pictureInput(graph);
  const levels = detectorStrides.map((stride, level) => {
    const named = (part: Part) => names.get(part)![level]!;
    const { parts } = signature;
    return {
      stride,
      scores: parts.filter(isScore).map(named),
      boxes: named('box'),
      landmarks: parts.includes('landmarks') ? named('landmarks') : null,
    };
  });
  return {
    kind: signature.kind,
    input: input.name,
    size: input.size,
    levels,
    hasLandmarks: signature.parts.includes('landmarks'),
  };
}

type Part = 'score' | 'class' | 'objectness' | 'box' | 'landmarks';

/** Values for each anchor. */
const partWidths = {
  score: 1,
  class: 1,
  objectness: 1,
  box: 4,
  landmarks: 10,
} as const satisfies Record<Part, number>;

/** What a detector gives at each of its three levels, in the order in which its authors export it. */
const signatures: readonly { readonly kind: DetectorKind; readonly parts: readonly Part[] }[] = [
  { kind: 'scrfd', parts: ['score', 'box', 'landmarks'] },
  { kind: 'scrfd', parts: ['score', 'box'] },
  { kind: 'yunet', parts: ['class', 'objectness', 'box', 'landmarks'] },
];

/** OpenCV's YuNet, and some exports of SCRFD, name their outputs by part and stride. */
const partNames: Readonly<Record<Part, string>> = {
  score: 'score',
  class: 'cls',
  objectness: 'obj',
  box: 'bbox',
  landmarks: 'kps',
};

function isScore(part: Part): boolean {
  return partWidths[part] === 1;
}

/**
 * Names of each part's outputs by rising stride: by their own names, else by their order, part after part, else by
 * their widths alone. Undefined where they fit in no way.
 */
function namesByPart(
  outputs: readonly OnnxValueInfo[],
  parts: readonly Part[],
): ReadonlyMap<Part, readonly string[]> | undefined {
  const byName = parts.map((part) =>
    detectorStrides.map((stride) => outputs.find((output) => output.name === `${partNames[part]}_${stride}`)),
  );
  const inOrder = parts.map((_, i) => outputs.slice(3 * i, 3 * i + 3));
  const byWidth = parts.map((part, i) => {
    const before = parts.slice(0, i).filter((other) => partWidths[other] === partWidths[part]).length;
    return outputs
      .filter((output) => lastSize(output) === partWidths[part])
      .slice(3 * before, 3 * before + 3);
  });
  const fitting = [byName, inOrder, byWidth].find((grouped) => fits(grouped, parts));
  return fitting && new Map(parts.map((part, i) => [part, fitting[i]!.map((output) => output!.name)]));
}

function fits(grouped: readonly (readonly (OnnxValueInfo | undefined)[])[], parts: readonly Part[]): boolean {
  return parts.every((part, i) => {
    const group = grouped[i]!;
    return group.length === 3 && group.every((output) => output !== undefined && mayBe(output, part));
  });
}

/** Float32, anchors × width, with or without a batch axis; sizes that nobody declares are trusted until a run. */
function mayBe({ tensor }: OnnxValueInfo, part: Part): boolean {
  if (tensor?.elementType !== tensorTypes.float32) return false;
  if (tensor.shape === null) return true;
  const width = fixedSize(tensor.shape.at(-1));
  return [2, 3].includes(tensor.shape.length) && (width === null || width === partWidths[part]);
}

function lastSize({ tensor }: OnnxValueInfo): number | null {
  return fixedSize(tensor?.shape?.at(-1));
}

function pictureInput(graph: OnnxGraph): { readonly name: string; readonly size: FixedSize } {
  const [input, ...others] = inputsOf(graph);
  const shape = input?.tensor?.shape;
  if (!input || others.length > 0 || shape?.length !== 4 || !hasChannelsFirst(shape))
    throw notDetector(graph, 'it does not take one picture as batch × 3 × height × width');
  if (input.tensor?.elementType !== tensorTypes.float32)
    throw notDetector(graph, 'its input is not float32; use the model before it was converted');
  if ((fixedSize(shape[0]) ?? 1) !== 1)
    throw notDetector(graph, `its batch is fixed at ${fixedSize(shape[0])}; export it with batch 1`);
  const size = { height: fixedSize(shape[2]), width: fixedSize(shape[3]) };
  if ([size.height, size.width].some((side) => side !== null && side % coarsestStride !== 0))
    throw notDetector(graph, `the sides of its input are no multiples of ${coarsestStride}`);
  return { name: input.name, size };
}

function hasChannelsFirst(shape: readonly OnnxDim[]): boolean {
  const channels = fixedSize(shape[1]);
  return channels === 3 || (channels === null && fixedSize(shape[3]) !== 3);
}

function inputsOf(graph: OnnxGraph): readonly OnnxValueInfo[] {
  const weights = new Set(graph.initializers.map((tensor) => tensor.name));
  return graph.inputs.filter((input) => !weights.has(input.name));
}

function notDetector(graph: OnnxGraph, reason: string): AppError {
  const inputs = listed(inputsOf(graph));
  const outputs = listed(graph.outputs);
  return new AppError(
    'modelNotDetector',
    `The model is no face detector that is known here: ${reason}. It takes ${inputs} and gives ${graph.outputs.length} ${graph.outputs.length === 1 ? 'output' : 'outputs'}: ${outputs}. ` +
      'SCRFD has 9 outputs (6 without landmarks) and YuNet 12: scores, boxes and landmarks at strides 8, 16 and 32.',
    { reason, nOutputs: graph.outputs.length, inputs, outputs },
  );
}

const maxListed = 12;

function listed(values: readonly OnnxValueInfo[]): string {
  const list = values
    .slice(0, maxListed)
    .map(({ name, tensor }) => `«${name}» ${describeShape(tensor?.shape)}`);
  if (values.length > maxListed) list.push('…');
  return list.length === 0 ? 'nothing' : list.join(', ');
}
