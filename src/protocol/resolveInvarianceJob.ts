import { AppError } from '../domain/appError.ts';
import type { ModelOverride } from '../domain/preprocessing.ts';
import type { InvarianceJob, LatticeSource, ValidateEnergyJob } from './microscaleJobs.ts';
import {
  modelName,
  reportFileName,
  resolveAlignment,
  resolveModel,
  resolveOptional,
  resolvePath,
  resolveStoreFolder,
  settingsFor,
  type SettingsPlace,
  stem,
} from './resolveSettings.ts';
import type { Settings } from './settings.ts';

export interface InvarianceChoices {
  readonly data?: string;
  readonly models?: readonly (string | ModelOverride)[];
  readonly report?: string;
  /** Ready embeddings; then neither data nor models are needed. Absolute paths. */
  readonly stencils?: { readonly start: string; readonly base: string; readonly end: string };
  /** Folder for the crops. */
  readonly writeImages?: string;
  readonly threshold?: number;
}

/**
 * The measurement of invariance that settings and choices describe, all paths absolute: on ready stencils, else on
 * the table of curves, else on a lattice of the data set's own images. Throws `usage` where the data set or the
 * model stays open.
 */
export function resolveInvarianceJob(
  allSettings: Settings,
  place: SettingsPlace,
  choices: InvarianceChoices = {},
): InvarianceJob {
  const settings = settingsFor(choices.data, allSettings, place);
  const lattice = latticeOf(settings, place, choices);
  const models = (choices.models ?? settings.models).map((model) => resolveModel(model, place));
  if (lattice.kind === 'augmented' && settings.dataset === '') {
    throw new AppError(
      'usage',
      'No data set was named: a folder of face images, a table of curves, or ready stencils.',
    );
  }
  if (lattice.kind === 'augmented' && models.length === 0) {
    throw new AppError('usage', 'No model was named: an .onnx file.');
  }
  const data = dataOf(lattice, settings, place);
  const names = models.map((model) => modelName(model, place.paths));
  const report =
    choices.report ??
    place.paths.join(
      resolvePath(settings.reportFolder, place),
      reportFileName(stem(data, place.paths), [...names, 'invariance']),
    );
  return {
    kind: 'invariance',
    data,
    annotations: resolveOptional(settings.annotations, place),
    models: lattice.kind === 'stencils' ? [] : models,
    alignment: resolveAlignment(settings, place),
    paperCompat: settings.paperCompat,
    provider: settings.executionProvider,
    batchSize: settings.batchSize,
    halfPrecision: settings.halfPrecision,
    storeFolder: resolveStoreFolder(settings, place),
    lattice,
    metric: settings.metric,
    neighbours: settings.neighbours,
    bootstraps: settings.bootstraps,
    threshold: choices.threshold ?? null,
    seed: settings.seed,
    report: resolvePath(report, place),
  };
}

function latticeOf(settings: Settings, place: SettingsPlace, choices: InvarianceChoices): LatticeSource {
  if (choices.stencils) return { kind: 'stencils', ...choices.stencils };
  if (settings.stepTable !== '' && choices.data === undefined) {
    return { kind: 'table', file: resolvePath(settings.stepTable, place) };
  }
  return {
    kind: 'augmented',
    attributes: settings.latticeAttributes,
    steps: settings.latticeSteps,
    pointsPerIdentity: settings.latticePoints,
    maxIdentities: settings.latticeIdentities,
    writeImages: choices.writeImages ?? null,
  };
}

/** Where the faces are, which names the report. */
function dataOf(lattice: LatticeSource, settings: Settings, place: SettingsPlace): string {
  switch (lattice.kind) {
    case 'augmented':
      return resolvePath(settings.dataset, place);
    case 'table':
      return place.paths.resolve(lattice.file, '..');
    case 'stencils':
      return place.paths.resolve(lattice.base, '..');
  }
}

/** `report`, where it is given, is relative to the place's folder. */
export function resolveValidateEnergyJob(
  settings: Settings,
  place: SettingsPlace,
  report?: string,
): ValidateEnergyJob {
  const folder = resolvePath(settings.reportFolder, place);
  const path = report ?? place.paths.join(folder, reportFileName('energy', ['validation']));
  return { kind: 'validateEnergy', seed: settings.seed, report: resolvePath(path, place) };
}
