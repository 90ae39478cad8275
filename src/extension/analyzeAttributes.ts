import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  type AnalyzeChoices,
  resolveAnalyzeJob,
  resolvePath,
  settingsFor,
  type SettingsPlace,
} from '../protocol/resolveSettings.ts';
import type { Settings } from '../protocol/settings.ts';
import { chooseDataset } from './chooseDataset.ts';
import { chooseModel } from './chooseModel.ts';
import { chooseWorkspaceFolder, requireTrust } from './choosePlace.ts';
import { openReport } from './openReport.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { readSettings, settingsPlace } from './settings.ts';
import { baselineJob, baselinePath } from './trainBaseline.ts';

/**
 * The whole way to a report. Settings answer what they can; only what they leave open is asked.
 * `resource` is the folder whose menu was used. Returns the report's file.
 */
export async function analyzeAttributes(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  requireTrust();
  const folder = await chooseWorkspaceFolder(resource);
  const settings = readSettings(resource ?? folder?.uri);
  const data = await resolveData(settings, folder, resource);
  const place = settingsPlace(folder?.uri.fsPath ?? path.dirname(data));
  const own = settingsFor(data, settings, place);
  const models = await resolveModels(services, own, place);
  const job = resolveAnalyzeJob(own, place, models === undefined ? {} : { models });
  const title = vscode.l10n.t('Analyzing {0}', path.basename(data));
  const { report } = await runWithProgress(services, title, job);
  const uri = vscode.Uri.file(report);
  await openReport(uri);
  return uri;
}

async function resolveData(
  settings: Settings,
  folder: vscode.WorkspaceFolder | undefined,
  resource: vscode.Uri | undefined,
): Promise<string> {
  if (resource) return resource.fsPath;
  const base = folder?.uri.fsPath;
  if (settings.dataset === '') return chooseDataset(base);
  return resolvePath(settings.dataset, settingsPlace(base ?? process.cwd()));
}

/** `undefined` where the settings say it all. */
async function resolveModels(
  services: Services,
  settings: Settings,
  place: SettingsPlace,
): Promise<AnalyzeChoices['models']> {
  if (settings.models.length > 0 || settings.embeddings !== '') return undefined;
  const choice = await chooseModel(settings.dataset);
  if (choice.kind === 'files') return choice.paths;
  const job = baselineJob(settings, place, baselinePath(settings, place));
  const title = vscode.l10n.t('Training the eigenfaces baseline');
  return [(await runWithProgress(services, title, job)).model];
}
