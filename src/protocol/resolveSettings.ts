import { z } from 'zod';
import { AppError } from '../domain/appError.ts';
import type { AlignmentOptions } from '../domain/alignment.ts';
import type { ModelOverride } from '../domain/preprocessing.ts';
import type { AnalysisName, AnalyzeJob } from './jobs.ts';
import { reportSuffix } from './report.ts';
import {
  type SettingName,
  type Settings,
  settingDefinitions,
  settingNames,
  settingPrefix,
} from './settings.ts';

/** What this folder may not import from node: the functions of `node:path` that paths in settings need. */
export interface PathFunctions {
  isAbsolute(path: string): boolean;
  resolve(...parts: string[]): string;
  join(...parts: string[]): string;
  basename(path: string): string;
}

export interface SettingsPlace {
  /** Absolute: what relative paths in settings are relative to. */
  readonly baseFolder: string;
  readonly home: string;
  readonly paths: PathFunctions;
  /** Absolute; stands in for an empty `storeFolder`. */
  readonly defaultStoreFolder: string;
}

/** What was asked for where settings leave it open, or given for one run only; wins over settings. */
export interface AnalyzeChoices {
  readonly data?: string;
  readonly models?: readonly (string | ModelOverride)[];
  readonly report?: string;
  /** The macroscale alone, if not given. */
  readonly analyses?: readonly AnalysisName[];
}

/**
 * Settings from raw values, each checked against its schema; `undefined` takes the default.
 * Throws `settingInvalid` naming the key, the value and what is allowed.
 */
export function parseSettings(read: (name: SettingName) => unknown): Settings {
  return Object.fromEntries(settingNames.map((name) => [name, parseSetting(name, read(name))])) as Settings;
}

export function parseSetting(name: SettingName, value: unknown): unknown {
  const { schema, default: defaultValue } = settingDefinitions[name];
  const parsed = z.safeParse(schema, value ?? defaultValue);
  if (parsed.success) return parsed.data;
  const key = `${settingPrefix}.${name}`;
  const shown = JSON.stringify(value);
  const { path, message } = mostTelling(parsed.error.issues);
  const where = path.length === 0 ? '' : ` at ${path.map(String).join('.')}`;
  throw new AppError(
    'settingInvalid',
    `The setting ${key} is ${shown}, which is not allowed${where}: ${message}.`,
    {
      key,
      value: shown,
      allowed: message,
      at: path.map(String).join('.'),
    },
  );
}

/**
 * The job that settings and choices describe, all paths absolute. Annotations and embeddings of the settings
 * belong to the data set of the settings, and are left aside where another one is chosen.
 * Throws `usage` where the data set or the model stays open.
 */
export function resolveAnalyzeJob(
  allSettings: Settings,
  place: SettingsPlace,
  choices: AnalyzeChoices = {},
): AnalyzeJob {
  const settings = settingsFor(choices.data, allSettings, place);
  const data = settings.dataset;
  if (data === '')
    throw new AppError('usage', 'No data set was named: a folder of face images or a CSV table of them.');
  const embeddings =
    settings.embeddings === '' || choices.models !== undefined
      ? null
      : {
          file: resolvePath(settings.embeddings, place),
          list: resolveOptional(settings.embeddingsList, place),
        };
  const models =
    embeddings === null ? (choices.models ?? settings.models).map((model) => resolveModel(model, place)) : [];
  if (embeddings === null && models.length === 0) {
    throw new AppError(
      'usage',
      'No model was named: an .onnx file, or a .npy or .parquet file of ready embeddings.',
    );
  }
  const dataPath = resolvePath(data, place);
  const names =
    embeddings === null
      ? models.map((model) => modelName(model, place.paths))
      : [stem(embeddings.file, place.paths)];
  const analyses = choices.analyses ?? ['macroscale'];
  const parts = analyses.includes('macroscale') ? names : [...names, ...analyses];
  const report =
    choices.report ??
    place.paths.join(
      resolvePath(settings.reportFolder, place),
      reportFileName(stem(dataPath, place.paths), parts),
    );
  return {
    kind: 'analyze',
    analyses: [...analyses],
    data: dataPath,
    annotations: resolveOptional(settings.annotations, place),
    models,
    embeddings,
    alignment: resolveAlignment(settings, place),
    paperCompat: settings.paperCompat,
    imageStatistics: settings.imageStatistics,
    minImages: settings.minImages,
    outlierFilter: settings.outlierFilter,
    provider: settings.executionProvider,
    batchSize: settings.batchSize,
    halfPrecision: settings.halfPrecision,
    storeFolder: resolveStoreFolder(settings, place),
    metric: settings.metric,
    maxIdentities: settings.maxIdentities,
    selection: settings.selection,
    sameIdentity: settings.sameIdentity,
    points: settings.points,
    repeats: settings.repeats,
    permutations: settings.permutations,
    bootstraps: settings.bootstraps,
    confounders: settings.confounders,
    discriminativeImages: settings.discriminativeImages,
    interEntropyBandwidth: settings.interEntropyBandwidth,
    combinations: settings.combinations,
    pairwiseValues: settings.pairwiseValues,
    seed: settings.seed,
    report: resolvePath(report, place),
  };
}

/** Settings with `data` as their data set, without what describes another one. */
export function settingsFor(data: string | undefined, settings: Settings, place: SettingsPlace): Settings {
  if (data === undefined) return settings;
  const isOther =
    settings.dataset !== '' && resolvePath(settings.dataset, place) !== resolvePath(data, place);
  const own = { ...settings, dataset: data };
  return isOther ? { ...own, annotations: '', embeddings: '', embeddingsList: '' } : own;
}

export function resolveAlignment(settings: Settings, place: SettingsPlace): AlignmentOptions {
  return {
    mode: settings.alignment,
    detector: resolveOptional(settings.detector, place),
    scoreThreshold: settings.detectorScore === 0 ? null : settings.detectorScore,
    retryPadded: settings.detectorRetry,
    faces: settings.faces,
  };
}

export function resolveStoreFolder(settings: Settings, place: SettingsPlace): string {
  return resolveOptional(settings.storeFolder, place) ?? place.defaultStoreFolder;
}

export function resolveModel(model: string | ModelOverride, place: SettingsPlace): ModelOverride {
  const override = typeof model === 'string' ? { path: model } : model;
  return { ...override, path: resolvePath(override.path, place) };
}

/** Absolute path of a setting's value; `~/` and `${workspaceFolder}` at its start are understood. */
export function resolvePath(value: string, place: SettingsPlace): string {
  const { paths, baseFolder, home } = place;
  const expanded = value.replace(/^~(?=$|[\\/])/, () => home).replace('${workspaceFolder}', () => baseFolder);
  return paths.resolve(baseFolder, expanded);
}

/** `attribute-lens` in the user's cache folder, by the habit of each platform. */
export function defaultStoreFolder(machine: {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly paths: PathFunctions;
}): string {
  return machine.paths.join(userCacheFolder(machine), 'attribute-lens');
}

/** `<data set>-<model>.attrlens.json`; more than three models are counted, not listed. */
export function reportFileName(dataset: string, models: readonly string[]): string {
  const named = models.length > 3 ? [`${models.length}-models`] : models;
  return (
    [dataset, ...named]
      .map(fileNamePart)
      .filter((part) => part !== '')
      .join('-') + reportSuffix
  );
}

export function modelName(model: ModelOverride, paths: PathFunctions): string {
  return model.name ?? stem(model.path, paths);
}

function userCacheFolder({ platform, env, home, paths }: Parameters<typeof defaultStoreFolder>[0]): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? paths.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return paths.join(home, 'Library', 'Caches');
  // A relative XDG_CACHE_HOME is to be ignored, says the specification of base directories.
  const xdg = env['XDG_CACHE_HOME'];
  return xdg !== undefined && paths.isAbsolute(xdg) ? xdg : paths.join(home, '.cache');
}

/** `null` where nothing is set. */
export function resolveOptional(value: string, place: SettingsPlace): string | null {
  return value === '' ? null : resolvePath(value, place);
}

/** The file's name without its last extension; a leading dot is no extension. */
export function stem(path: string, paths: PathFunctions): string {
  return paths.basename(path).replace(/(?<=.)\.(onnx|csv|tsv|npy|parquet)$/i, '');
}

/** Letters, digits, dot, dash and underline of every script stay; anything else becomes one dash. */
export function fileNamePart(text: string): string {
  const safe = text.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return Array.from(safe).slice(0, 60).join('');
}

interface Told {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of the alternatives of a union, the complaint that went deepest into the value is about what was meant. */
function mostTelling(issues: readonly z.core.$ZodIssue[]): Told {
  const told = issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const inner = mostTelling(issue.errors.flat());
    return [{ ...inner, path: [...issue.path, ...inner.path] }];
  });
  return told.reduce<Told & { code?: string }>(
    (best, next) => (rank(next) > rank(best) ? next : best),
    told[0] ?? { path: [], message: 'Invalid input' },
  );
}

function rank(issue: Told & { readonly code?: string }): number {
  return issue.path.length + (issue.code === 'invalid_type' ? 0 : 0.5);
}
