import * as path from 'node:path';
import * as vscode from 'vscode';
import { resolveInvarianceJob, resolveValidateEnergyJob } from '../protocol/resolveInvarianceJob.ts';
import { resolveModels } from './analyzeAttributes.ts';
import { chooseFaceInputs } from './chooseInputs.ts';
import { chooseWorkspaceFolder, requireTrust } from './choosePlace.ts';
import { openReport } from './openReport.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { readSettings, settingsPlace } from './settings.ts';

/**
 * The microscale: on the table of curves of the settings, else on a lattice of a data set's own images.
 * `resource` is the folder whose menu was used. Returns the report's file.
 */
export async function measureInvariance(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  const curves = resource === undefined ? await curvesOfSettings() : null;
  const inputs = curves ?? (await chooseFaceInputs(resource));
  const models = await resolveModels(services, inputs);
  // A folder that was chosen comes before the table of curves of the settings.
  const settings = curves ? inputs.settings : { ...inputs.settings, stepTable: '' };
  const job = resolveInvarianceJob(settings, inputs.place, models === undefined ? {} : { models });
  const title = vscode.l10n.t('Measuring invariance on {0}', path.basename(job.data));
  return finish((await runWithProgress(services, title, job)).report);
}

/** The metric on fields whose energy is known; nothing is asked for. */
export async function validateEnergy(services: Services): Promise<vscode.Uri> {
  requireTrust();
  const folder = await chooseWorkspaceFolder(undefined);
  const place = settingsPlace(folder?.uri.fsPath ?? process.cwd());
  const job = resolveValidateEnergyJob(readSettings(folder?.uri), place);
  return finish((await runWithProgress(services, vscode.l10n.t('Validating the energy'), job)).report);
}

/** What the settings alone say, where they name a table of curves. */
async function curvesOfSettings() {
  requireTrust();
  const folder = await chooseWorkspaceFolder(undefined);
  const settings = readSettings(folder?.uri);
  if (settings.stepTable === '') return null;
  return { data: settings.stepTable, settings, place: settingsPlace(folder?.uri.fsPath ?? process.cwd()) };
}

async function finish(report: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.file(report);
  await openReport(uri);
  return uri;
}
