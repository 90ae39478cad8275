import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelOverride } from '../../domain/preprocessing.ts';
import { resolveModel } from '../../protocol/resolveSettings.ts';
import { lookAtSetting, settingsPlace } from '../settings.ts';
import { familyByName } from './familyByName.ts';
import { findInWorkspace, isThere, watchWorkspace } from './workspaceFiles.ts';

/** A model file of the settings or of the workspace. */
export interface ModelElement {
  readonly uri: vscode.Uri;
  /** As the settings name it; `null` where it was found. */
  readonly setting: ModelOverride | null;
  readonly isMissing: boolean;
}

const maxModels = 200;

/** Models of the settings, then those found in the workspace by their names; none is opened. */
export class ModelsView implements vscode.TreeDataProvider<ModelElement> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly disposable = vscode.Disposable.from(
    this.#changed,
    watchWorkspace(['**/*.onnx'], { changes: false }, () => this.#changed.fire(undefined)),
  );

  async getChildren(element?: ModelElement): Promise<ModelElement[]> {
    if (element) return [];
    const set = await modelsOfSettings();
    const known = new Set(set.map(({ uri }) => uri.fsPath));
    const found = (await findInWorkspace('**/*.onnx', maxModels))
      .filter((uri) => !known.has(uri.fsPath))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    return [...set, ...found.map((uri) => ({ uri, setting: null, isMissing: false }))];
  }

  getTreeItem({ uri, setting, isMissing }: ModelElement): vscode.TreeItem {
    const name = setting?.name ?? path.basename(uri.fsPath);
    const item = new vscode.TreeItem(name);
    const family = setting?.family ?? familyByName(path.basename(uri.fsPath));
    const isDetector = family === 'face detector';
    const place = vscode.workspace.asRelativePath(path.dirname(uri.fsPath));
    const hasSeveralRoots = (vscode.workspace.workspaceFolders ?? []).length > 1;
    const facts = [
      ...(isMissing ? [vscode.l10n.t('not found')] : []),
      ...(family === null ? [] : [isDetector ? vscode.l10n.t('face detector') : family]),
      setting && !hasSeveralRoots ? vscode.l10n.t('in the settings') : place,
    ];
    item.id = uri.toString();
    item.description = facts.join(' · ');
    item.tooltip = uri.fsPath;
    item.iconPath = isMissing
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon(isDetector ? 'search' : 'circuit-board');
    item.contextValue = isMissing ? 'missing' : isDetector ? 'detector' : 'model';
    return item;
  }
}

async function modelsOfSettings(): Promise<ModelElement[]> {
  const elements = new Map<string, ModelElement>();
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    for (const model of lookAtSetting('models', uri)) {
      const setting = resolveModel(model, settingsPlace(uri.fsPath));
      const file = vscode.Uri.file(setting.path);
      elements.set(file.fsPath, { uri: file, setting, isMissing: !(await isThere(file)) });
    }
  }
  return [...elements.values()];
}
