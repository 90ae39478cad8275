import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AnalysisName } from '../protocol/jobs.ts';
import { type AnalyzeChoices, resolveAnalyzeJob } from '../protocol/resolveSettings.ts';
import { chooseFaceInputs, type Inputs } from './chooseInputs.ts';
import { chooseModel } from './chooseModel.ts';
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

async function analyze(
  services: Services,
  resource: vscode.Uri | undefined,
  analyses: readonly AnalysisName[],
  title: (dataset: string) => string,
): Promise<vscode.Uri> {
  const inputs = await chooseFaceInputs(resource);
  const models = await resolveModels(services, inputs);
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
