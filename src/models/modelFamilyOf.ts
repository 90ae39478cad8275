import type { ModelFamily, ModelOverride } from '../domain/preprocessing.ts';
import { identifyModel } from './prepareModel.ts';

/** The family of a model, without opening it; an override wins. Throws as `openEmbedder` does for a bad file. */
export async function modelFamilyOf(override: ModelOverride): Promise<ModelFamily> {
  if (override.family !== undefined) return override.family;
  return (await identifyModel(override, false)).profile.family;
}
