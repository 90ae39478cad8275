import { basename } from 'node:path';
import type { ModelOverride, ModelProfile } from '../domain/preprocessing.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { valueBeforeNorm } from './graphOutput.ts';
import { GraphIndex } from './graphValues.ts';
import { profileOf } from './inspectModel.ts';
import { type ModelFile, readModelFile } from './modelFile.ts';
import { encodeModel, type OnnxModel } from './onnxProto.ts';
import { withSwappedChannels } from './paperCompat.ts';
import { prependPreprocessing } from './prependPreprocessing.ts';

/** A model with its preprocessing inside, ready to be loaded. */
export interface PreparedModel {
  readonly bytes: Uint8Array;
  readonly profile: ModelProfile;
  /** Outputs of the prepared graph. */
  readonly embeddingOutput: string;
  readonly normOutput: string | null;
  /** The graph's own division by the norm is left out, and has to be made up for after the mirror image is added. */
  readonly dividesAfterwards: boolean;
  /** Its outputs have a second row for each image, of its mirror image; a model of a fixed batch cannot. */
  readonly mirrors: boolean;
}

export interface IdentifiedModel {
  readonly name: string;
  readonly file: ModelFile;
  readonly profile: ModelProfile;
  readonly notes: readonly EmbedderNote[];
}

/** Reads a model and finds out what it is. Throws `AppError` as `readModelFile` and `profileOf` do. */
export async function identifyModel(override: ModelOverride, paperCompat: boolean): Promise<IdentifiedModel> {
  const fileName = basename(override.path);
  const file = await readModelFile(override.path);
  const found = profileOf(file.model, fileName, override);
  const name = override.name ?? fileName.replace(/\.onnx$/i, '');
  if (!paperCompat) return { name, file, profile: found, notes: [] };
  const { profile, note } = withSwappedChannels(found);
  return { name, file, profile, notes: [note] };
}

/** Puts the preprocessing into the graph. Throws `AppError` modelNotEmbedder. */
export function prepareModel(model: OnnxModel, profile: ModelProfile): PreparedModel {
  const raw = profile.flip ? valueBeforeNorm(new GraphIndex(model.graph), profile.embeddingOutput) : null;
  const mirrors = profile.flip && profile.fixedBatch === null;
  const graph = prependPreprocessing(model, profile, {
    embedding: raw ?? profile.embeddingOutput,
    mirrored: mirrors,
  });
  const [embeddingOutput, normOutput] = graph.graph.outputs.map((output) => output.name);
  return {
    bytes: encodeModel(graph),
    profile,
    embeddingOutput: embeddingOutput!,
    normOutput: normOutput ?? null,
    dividesAfterwards: raw !== null,
    mirrors,
  };
}
