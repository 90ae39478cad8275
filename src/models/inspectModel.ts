import { AppError } from '../domain/appError.ts';
import type { ModelOverride, ModelProfile, Normalisation } from '../domain/preprocessing.ts';
import { type ImageInput, imageInputOf } from './graphInput.ts';
import { embeddingOutputsOf } from './graphOutput.ts';
import { type GraphTraits, graphTraits } from './graphTraits.ts';
import { GraphIndex } from './graphValues.ts';
import { type FamilyMatch, type FamilyRule, familyRules, recogniseFamily } from './modelFamilies.ts';
import { decodeModel, type OnnxModel } from './onnxProto.ts';

/** Metadata key under which our own models say what they are. */
export const familyMetadataKey = 'attribute_lens.family';

/**
 * Finds out how a model wants its images and what it gives, from its graph and the settings. Throws `AppError`:
 * modelNotOnnx, modelNotEmbedder, settingInvalid where a setting contradicts the graph.
 */
export function inspectModel(bytes: Uint8Array, fileName: string, override: ModelOverride): ModelProfile {
  return profileOf(decodeModel(bytes), fileName, override);
}

export function profileOf(model: OnnxModel, fileName: string, override: ModelOverride): ModelProfile {
  const index = new GraphIndex(model.graph);
  const input = imageInputOf(model.graph, override.layout);
  const declaredFamily = model.metadata.find(({ key }) => key === familyMetadataKey)?.value;
  const trusted = declaredFamily === 'eigenfaces' || override.output !== undefined;
  const outputs = embeddingOutputsOf(index, override.output, trusted);
  const traits = graphTraits(index, input.name);
  const { layout, height, width } = input;
  const hasNormOutput = outputs.norm !== null;
  const evidence = {
    ...traits,
    layout,
    height,
    width,
    dim: outputs.dim,
    layerWidth: outputs.layerWidth,
    isUnit: outputs.isUnit,
    hasNormOutput,
    declaredFamily,
    fileName,
  };
  const match: FamilyMatch =
    override.family === undefined
      ? recogniseFamily(evidence)
      : { family: override.family, why: 'the settings say so' };
  const rule: FamilyRule = familyRules[match.family];
  const ownScale = scaleOfGraph(input, traits);
  return {
    family: match.family,
    why: sentence([match.why, ownScale?.why, overridesText(override)]),
    preprocessing: {
      width: sizeOf('width', width, override.width, rule),
      height: sizeOf('height', height, override.height, rule),
      layout,
      channels: override.channels ?? rule.channels,
      normalisation: overridden(ownScale?.normalisation ?? rule.normalisation(evidence), override, input),
    },
    metric: override.metric ?? rule.metric,
    embeddingOutput: outputs.embedding,
    normOutput: outputs.norm,
    dim: outputs.dim,
    fixedBatch: input.batch,
    quantised: traits.quantised,
    flip: override.flip ?? false,
  };
}

interface OwnScale {
  readonly normalisation: Normalisation;
  readonly why: string;
}

/** A graph that scales pixels itself must not get them scaled. */
function scaleOfGraph(input: ImageInput, traits: GraphTraits): OwnScale | undefined {
  if (input.elementType === 'uint8')
    return { normalisation: { kind: 'none' }, why: 'the graph takes bytes, so it normalises itself' };
  switch (traits.scalesFrom) {
    case null:
      return undefined;
    case 255:
      return { normalisation: { kind: 'none' }, why: 'its first nodes normalise 0 to 255 themselves' };
    case 1:
      return {
        normalisation: { kind: 'affine', mean: 0, scale: 1 / 255 },
        why: 'its first nodes normalise 0 to 1 themselves',
      };
  }
}

function overridden(found: Normalisation, override: ModelOverride, input: ImageInput): Normalisation {
  if (override.mean === undefined && override.scale === undefined) return found;
  if (input.elementType === 'uint8')
    throw new AppError(
      'settingInvalid',
      `The settings give a mean or scale, but the model's input «${input.name}» takes bytes as they are.`,
      { setting: override.mean === undefined ? 'scale' : 'mean', input: input.name },
    );
  const base = found.kind === 'affine' ? found : { mean: 0, scale: 1 };
  return { kind: 'affine', mean: override.mean ?? base.mean, scale: override.scale ?? base.scale };
}

function sizeOf(
  setting: 'width' | 'height',
  fixed: number | null,
  wanted: number | undefined,
  rule: FamilyRule,
): number {
  if (fixed === null) return wanted ?? rule.size;
  if (wanted === undefined || wanted === fixed) return fixed;
  throw new AppError(
    'settingInvalid',
    `The settings say ${setting} ${wanted}, but the model takes images of ${setting} ${fixed}.`,
    { setting, value: wanted, fixed },
  );
}

const overridable = [
  'width',
  'height',
  'layout',
  'channels',
  'mean',
  'scale',
  'metric',
  'output',
  'flip',
] as const satisfies readonly (keyof ModelOverride)[];

function overridesText(override: ModelOverride): string | undefined {
  const set = overridable.filter((name) => override[name] !== undefined);
  return set.length === 0 ? undefined : `the settings decide ${set.join(', ')}`;
}

function sentence(clauses: readonly (string | undefined)[]): string {
  const text = clauses.filter((clause) => clause !== undefined).join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
