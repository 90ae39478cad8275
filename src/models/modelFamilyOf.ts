import { basename } from 'node:path';
import type { ModelFamily, ModelOverride } from '../domain/preprocessing.ts';
import { profileOf } from './inspectModel.ts';
import { readModelFile } from './modelFile.ts';

/** The family of a model, without opening it; an override wins. Throws as `openEmbedder` does for a bad file. */
export async function modelFamilyOf(override: ModelOverride): Promise<ModelFamily> {
  if (override.family !== undefined) return override.family;
  const { model } = await readModelFile(override.path);
  return profileOf(model, basename(override.path), override).family;
}
