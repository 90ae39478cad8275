import { homedir } from 'node:os';
import * as paths from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { ModelOverride } from '../domain/preprocessing.ts';
import type { Job } from '../protocol/jobs.ts';
import {
  defaultStoreFolder,
  parseSettings,
  resolveAnalyzeJob,
  resolveModel,
  resolvePath,
  resolveStoreFolder,
  type SettingsPlace,
} from '../protocol/resolveSettings.ts';
import { defaultCudaFolder } from '../protocol/cudaFolder.ts';
import { exportFolderName } from '../protocol/exportFolderName.ts';
import { resolveCompareJob } from '../protocol/resolveCompareJob.ts';
import { resolveDescribeJob } from '../protocol/resolveDescribeJob.ts';
import { resolveProjectJob } from '../protocol/resolveProjectJob.ts';
import { type SettingName, type Settings, settingDefinitions } from '../protocol/settings.ts';
import { resolveValidateEnergyJob } from '../protocol/resolveInvarianceJob.ts';
import { invarianceJobOf } from './invarianceJob.ts';
import type { CommandLine } from './parseCommandLine.ts';
import { wholeNumber } from './parseCommandLine.ts';
import { readSettingsFile } from './settingsFile.ts';

/**
 * The job a command line describes. Paths in flags are relative to the current folder, those in the
 * settings file to its workspace folder.
 */
export async function jobOf(
  line: Extract<CommandLine, { kind: 'run' }>,
  currentFolder: string,
): Promise<Job> {
  const file = await readSettingsFile(
    line.flags['settings'] === undefined ? null : paths.resolve(currentFolder, line.flags['settings']),
    currentFolder,
  );
  const given = Object.fromEntries(
    Object.entries(line.settings).map(([name, value]) => [
      name,
      absolutePaths(name as SettingName, value, currentFolder),
    ]),
  ) as Partial<Record<SettingName, unknown>>;
  // Ready embeddings given as a flag replace the models of the file, and the reverse.
  const values: Partial<Record<SettingName, unknown>> = { ...file.values, ...given };
  if (given.models !== undefined && given.embeddings === undefined) delete values.embeddings;
  const settings = parseSettings((name) => values[name]);
  const place: SettingsPlace = {
    baseFolder: file.baseFolder,
    home: homedir(),
    paths,
    defaultStoreFolder: defaultStoreFolder({
      platform: process.platform,
      env: process.env,
      home: homedir(),
      paths,
    }),
  };
  switch (line.command) {
    case 'sample':
      return {
        kind: 'sample',
        folder: paths.resolve(currentFolder, line.positionals[0]!),
        identities: wholeNumber('identities', line.flags['identities'], 200, 2),
        imagesPerIdentity: wholeNumber('images-per-identity', line.flags['images-per-identity'], 10, 1),
        seed: settings.seed,
      };
    case 'baseline': {
      const out = line.flags['out'];
      if (out === undefined) throw new AppError('usage', 'baseline needs --out FILE.onnx.');
      if (settings.dataset === '') throw new AppError('usage', 'baseline needs --data DIR.');
      return {
        kind: 'baseline',
        data: resolvePath(settings.dataset, place),
        annotations: settings.annotations === '' ? null : resolvePath(settings.annotations, place),
        out: paths.resolve(currentFolder, out),
        components: wholeNumber('components', line.flags['components'], 128, 1),
        seed: settings.seed,
      };
    }
    case 'embed':
      return embedJobOf(resolveAnalyzeJob(settings, place));
    case 'analyze':
    case 'verify': {
      const report = line.flags['report'];
      return resolveAnalyzeJob(settings, place, {
        analyses: [line.command === 'verify' ? 'verification' : 'macroscale'],
        ...(report === undefined ? {} : { report: paths.resolve(currentFolder, report) }),
      });
    }
    case 'describe': {
      const report = line.flags['report'];
      const choices = report === undefined ? {} : { report: paths.resolve(currentFolder, report) };
      return resolveDescribeJob(settings, place, choices);
    }
    case 'invariance':
      return invarianceJobOf(line.flags, settings, place, currentFolder);
    case 'validate-energy':
      return resolveValidateEnergyJob(
        settings,
        place,
        line.flags['report'] && paths.resolve(currentFolder, line.flags['report']),
      );
    case 'project':
      return resolveProjectJob(
        paths.resolve(currentFolder, line.positionals[0]!),
        settings,
        place,
        line.flags['out'] && paths.resolve(currentFolder, line.flags['out']),
      );
    case 'list':
    case 'read':
      throw new AppError('internal', `${line.command} runs no job.`);
    case 'check':
      return {
        kind: 'check',
        report: paths.resolve(currentFolder, line.positionals[0]!),
        storeFolder: resolveStoreFolder(settings, place),
      };
    case 'export': {
      const report = paths.resolve(currentFolder, line.positionals[0]!);
      const out = line.flags['out'];
      return {
        kind: 'export',
        report,
        out:
          out === undefined
            ? paths.join(paths.dirname(report), exportFolderName(paths.basename(report)))
            : paths.resolve(currentFolder, out),
      };
    }
    case 'compare': {
      const [first, second] = line.positionals.map((file) => paths.resolve(currentFolder, file));
      const job = resolveCompareJob([first!, second!], settings, { ...place, paths });
      const report = line.flags['report'];
      return report === undefined ? job : { ...job, report: paths.resolve(currentFolder, report) };
    }
    case 'hardware': {
      const model = line.flags['model'];
      return {
        kind: 'hardware',
        model: model === undefined ? null : modelAt(paths.resolve(currentFolder, model), settings, place),
        cudaFolder: defaultCudaFolder({ env: process.env, home: homedir(), paths }),
      };
    }
    case 'install-cuda': {
      const { file, environment, proxy } = line.flags;
      return {
        kind: 'installCuda',
        cudaFolder: defaultCudaFolder({ env: process.env, home: homedir(), paths }),
        file: file === undefined ? null : paths.resolve(currentFolder, file),
        proxy: proxy ?? null,
        pythonEnvironments: environment === undefined ? [] : [paths.resolve(currentFolder, environment)],
      };
    }
    case 'inspect':
      return {
        kind: 'inspect',
        model: modelAt(paths.resolve(currentFolder, line.positionals[0]!), settings, place),
        provider: settings.executionProvider,
      };
  }
}

/** What the settings say about this very model, so that it is inspected as it would be run. */
function modelAt(path: string, settings: Settings, place: SettingsPlace): ModelOverride {
  return (
    settings.models.map((model) => resolveModel(model, place)).find((model) => model.path === path) ?? {
      path,
    }
  );
}

function embedJobOf(job: Extract<Job, { kind: 'analyze' }>): Job {
  if (job.embeddings !== null)
    throw new AppError('usage', 'embed needs a model: ready embeddings need no embedding.');
  const {
    data,
    annotations,
    models,
    alignment,
    paperCompat,
    provider,
    batchSize,
    halfPrecision,
    storeFolder,
  } = job;
  return {
    kind: 'embed',
    data,
    annotations,
    models,
    alignment,
    paperCompat,
    provider,
    batchSize,
    halfPrecision,
    storeFolder,
  };
}

function absolutePaths(name: SettingName, value: unknown, currentFolder: string): unknown {
  if (!('isPath' in settingDefinitions[name])) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => absolutePaths(name, one, currentFolder));
  return typeof value === 'string' && value !== '' ? paths.resolve(currentFolder, value) : value;
}
