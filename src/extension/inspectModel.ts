import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelOverride } from '../domain/preprocessing.ts';
import { resolveModel } from '../protocol/resolveSettings.ts';
import { chooseOnnxFile } from './chooseOnnxFile.ts';
import { chooseWorkspaceFolder, requireTrust } from './choosePlace.ts';
import { inspectionMarkdown } from './inspectionMarkdown.ts';
import { inspectionDocuments } from './inspectionDocuments.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { readSettings, settingsPlace } from './settings.ts';

/**
 * Shows what a model is and whether it works, as the settings override it. `resource` is the file whose menu was
 * used. Returns the document that holds the text.
 */
export async function inspectModel(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  requireTrust();
  const file = resource?.fsPath ?? (await askForModel());
  const name = path.basename(file);
  const job = { kind: 'inspect', ...(await modelAsSet(file)) } as const;
  const { inspection } = await runWithProgress(services, vscode.l10n.t('Inspecting {0}', name), job);
  const text = inspectionMarkdown(inspection, vscode.l10n.t, vscode.env.language);
  const uri = inspectionDocuments().put(file, text);
  await vscode.commands.executeCommand('markdown.showPreview', uri);
  return uri;
}

function askForModel(): Promise<string> {
  return chooseOnnxFile({
    title: vscode.l10n.t('Model to inspect'),
    placeHolder: vscode.l10n.t('An ONNX face-recognition model'),
  });
}

/** With the overrides of the settings, where they name this file. */
async function modelAsSet(file: string) {
  const uri = vscode.Uri.file(file);
  const folder = await chooseWorkspaceFolder(uri);
  const settings = readSettings(folder?.uri);
  const place = settingsPlace(folder?.uri.fsPath ?? path.dirname(file));
  const models = settings.models.map((model) => resolveModel(model, place));
  const model: ModelOverride = models.find((one) => one.path === file) ?? { path: file };
  return { model, provider: settings.executionProvider };
}
