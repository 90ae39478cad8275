import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelOverride } from '../domain/preprocessing.ts';
import type { AnalysisName } from '../protocol/jobs.ts';
import { type AnalyzeChoices, resolveAnalyzeJob, resolveModel } from '../protocol/resolveSettings.ts';
import { chooseFaceInputs, type Inputs } from './chooseInputs.ts';
import { chooseModel } from './chooseModel.ts';
import { chooseOnnxFile } from './chooseOnnxFile.ts';
import { requireTrust } from './choosePlace.ts';
import { openReport } from './openReport.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { baselineJob, baselinePath } from './trainBaseline.ts';

/**
 * The whole way to a report. Settings answer what they can; only what they leave open is asked.
 * `resource` is the folder whose menu was used. Returns the report's file.
 */
export function analyzeAttributes(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  return analyze(services, resource, ['macroscale'], (name) => vscode.l10n.t('Analyzing {0}', name));
}

/** The same way to a report of how well a model tells people apart. */
export function verifyModel(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  return analyze(services, resource, ['verification'], (name) => vscode.l10n.t('Verifying on {0}', name));
}

/** The first way with one model, `resource`, in place of those of the settings; asked for where it is not given. */
export async function analyzeWithModel(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  requireTrust();
  const model = resource?.fsPath ?? (await askForModel());
  const title = (name: string) => vscode.l10n.t('Analyzing {0} with {1}', name, path.basename(model));
  return analyze(services, undefined, ['macroscale'], title, model);
}

function askForModel(): Promise<string> {
  return chooseOnnxFile({
    title: vscode.l10n.t('Model to analyze'),
    placeHolder: vscode.l10n.t('An ONNX face-recognition model'),
  });
}

async function analyze(
  services: Services,
  resource: vscode.Uri | undefined,
  analyses: readonly AnalysisName[],
  title: (dataset: string) => string,
  model?: string,
): Promise<vscode.Uri> {
  const inputs = await chooseFaceInputs(resource);
  const models = model === undefined ? await resolveModels(services, inputs) : [modelAsSet(model, inputs)];
  const choices = { analyses, ...(models === undefined ? {} : { models }) };
  const job = resolveAnalyzeJob(inputs.settings, inputs.place, choices);
  const { report } = await runWithProgress(services, title(path.basename(inputs.data)), job);
  const uri = vscode.Uri.file(report);
  await openReport(uri);
  return uri;
}

/** `undefined` where the settings say it all. */
export async function resolveModels(
  services: Services,
  { settings, place }: Inputs,
): Promise<AnalyzeChoices['models']> {
  if (settings.models.length > 0 || settings.embeddings !== '') return undefined;
  const choice = await chooseModel(settings.dataset);
  if (choice.kind === 'files') return choice.paths;
  const job = baselineJob(settings, place, baselinePath(settings, place));
  const title = vscode.l10n.t('Training the eigenfaces baseline');
  return [(await runWithProgress(services, title, job)).model];
}

/** With the overrides of the settings, where they name this file. */
function modelAsSet(file: string, { settings, place }: Inputs): ModelOverride {
  const models = settings.models.map((model) => resolveModel(model, place));
  return models.find(({ path }) => path === file) ?? { path: file };
}
