import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelOverride } from '../domain/preprocessing.ts';
import { resolveModel } from '../protocol/resolveSettings.ts';
import { chooseWorkspaceFolder, requireTrust } from './choosePlace.ts';
import { hardwareMarkdown } from './hardwareMarkdown.ts';
import { inspectionDocuments } from './inspectionDocuments.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { readSettings, settingsPlace } from './settings.ts';

/**
 * Shows what this machine has to run models on, and how fast the first model of the settings runs on each provider,
 * as a page to be pasted into an issue. `resource` is the model whose menu was used. Returns the document.
 */
export async function checkHardware(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  requireTrust();
  const model = await modelToMeasure(resource);
  const title = vscode.l10n.t('Checking the hardware');
  const job = { kind: 'hardware', model, cudaFolder: services.cudaFolder } as const;
  const { hardware } = await runWithProgress(services, title, job);
  const text = hardwareMarkdown(hardware, homedir());
  const uri = inspectionDocuments().put('/Hardware', text);
  await vscode.commands.executeCommand('markdown.showPreview', uri);
  // Not awaited: the message waits for an answer.
  void offerCopy(text);
  return uri;
}

async function offerCopy(text: string): Promise<void> {
  const copy = vscode.l10n.t('Copy for an Issue');
  const sentence = vscode.l10n.t('The page shows your home folder as ~ and can be pasted into an issue.');
  const chosen = await vscode.window.showInformationMessage(sentence, copy);
  if (chosen === copy) await vscode.env.clipboard.writeText(text);
}

/** `null` where the settings name none. */
async function modelToMeasure(resource: vscode.Uri | undefined): Promise<ModelOverride | null> {
  const folder =
    resource === undefined ? vscode.workspace.workspaceFolders?.[0] : await chooseWorkspaceFolder(resource);
  const settings = readSettings(folder?.uri);
  const base = folder?.uri.fsPath ?? (resource ? path.dirname(resource.fsPath) : homedir());
  const models = settings.models.map((model) => resolveModel(model, settingsPlace(base)));
  if (resource === undefined) return models[0] ?? null;
  return models.find((one) => one.path === resource.fsPath) ?? { path: resource.fsPath };
}
