import * as path from 'node:path';
import * as vscode from 'vscode';
import { resolvePath, settingsFor, type SettingsPlace } from '../protocol/resolveSettings.ts';
import type { Settings } from '../protocol/settings.ts';
import { chooseDataset } from './chooseDataset.ts';
import { chooseOnnxFile } from './chooseOnnxFile.ts';
import { chooseWorkspaceFolder, requireTrust } from './choosePlace.ts';
import { lookAtSetting, readSettings, settingsPlace } from './settings.ts';

/** A data set, with the settings that hold for it. */
export interface Inputs {
  /** Absolute path of the folder or table. */
  readonly data: string;
  readonly settings: Settings;
  readonly place: SettingsPlace;
}

/**
 * The data set: the folder whose menu was used, else that of the settings, else asked for.
 * Throws `cancelled`, `workspaceUntrusted` and `settingInvalid`.
 */
export async function chooseInputs(resource: vscode.Uri | undefined): Promise<Inputs> {
  requireTrust();
  const folder = (resource && folderNaming(resource)) ?? (await chooseWorkspaceFolder(resource));
  const settings = readSettings(folder?.uri ?? resource);
  const data = await resolveData(settings, folder, resource);
  const place = settingsPlace(folder?.uri.fsPath ?? path.dirname(data));
  return { data, settings: settingsFor(data, settings, place), place };
}

/** The workspace folder whose settings name a data set that lies outside all of them. */
function folderNaming({ fsPath }: vscode.Uri): vscode.WorkspaceFolder | undefined {
  if (vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fsPath))) return undefined;
  return vscode.workspace.workspaceFolders?.find(({ uri }) => {
    const dataset = lookAtSetting('dataset', uri);
    return dataset !== '' && resolvePath(dataset, settingsPlace(uri.fsPath)) === fsPath;
  });
}

/** The same for what looks at faces: a detector that is needed and not set is asked for. */
export async function chooseFaceInputs(resource: vscode.Uri | undefined): Promise<Inputs> {
  const inputs = await chooseInputs(resource);
  const { alignment, detector, embeddings } = inputs.settings;
  if (alignment !== 'detect' || detector !== '' || embeddings !== '') return inputs;
  const chosen = await chooseOnnxFile({
    title: vscode.l10n.t('Face detector'),
    placeHolder: vscode.l10n.t('SCRFD or YuNet; «{0}» in the settings keeps it', 'attributeLens.detector'),
  });
  return { ...inputs, settings: { ...inputs.settings, detector: chosen } };
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
