import * as path from 'node:path';
import * as vscode from 'vscode';
import { resolvePath } from '../../protocol/resolveSettings.ts';
import { lookAtSetting, settingsPlace } from '../settings.ts';
import { type DatasetLook, guessDatasets } from './guessDatasets.ts';
import { isThere, watchWorkspace } from './workspaceFiles.ts';

/** A folder or table of the settings, or a folder that looks like a data set. */
export interface DatasetElement {
  readonly uri: vscode.Uri;
  readonly isSet: boolean;
  readonly isMissing: boolean;
  readonly look: DatasetLook | null;
}

/** Data sets of the settings of each workspace folder, then folders that look like one; no file is opened. */
export class DatasetsView implements vscode.TreeDataProvider<DatasetElement> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** As deep as `guessDatasets` looks, and the images there that make a folder of people. */
  readonly disposable = vscode.Disposable.from(
    this.#changed,
    watchWorkspace(['{*,*/*,*/*/*}'], { changes: false }, () => this.#changed.fire(undefined)),
  );

  async getChildren(element?: DatasetElement): Promise<DatasetElement[]> {
    if (element) return [];
    const elements = new Map<string, DatasetElement>();
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    for (const { uri } of folders) {
      const dataset = lookAtSetting('dataset', uri);
      if (dataset === '') continue;
      const place = vscode.Uri.file(resolvePath(dataset, settingsPlace(uri.fsPath)));
      const isMissing = !(await isThere(place));
      elements.set(place.fsPath, { uri: place, isSet: true, isMissing, look: null });
    }
    for (const { uri } of folders) {
      for (const { folder, look } of await guessDatasets(uri.fsPath)) {
        const known = elements.get(folder) ?? {
          uri: vscode.Uri.file(folder),
          isSet: false,
          isMissing: false,
        };
        elements.set(folder, { ...known, look });
      }
    }
    return [...elements.values()];
  }

  getTreeItem({ uri, isSet, isMissing, look }: DatasetElement): vscode.TreeItem {
    const item = new vscode.TreeItem(path.basename(uri.fsPath));
    const owner = vscode.workspace.getWorkspaceFolder(uri);
    const isRoot = owner?.uri.fsPath === uri.fsPath;
    const facts = [
      ...(isMissing ? [vscode.l10n.t('not found')] : []),
      ...(look === null ? [] : [lookInWords(look)]),
      ...(isSet ? [vscode.l10n.t('in the settings')] : []),
      ...(isRoot || isSet ? [] : [vscode.workspace.asRelativePath(path.dirname(uri.fsPath))]),
    ];
    item.id = uri.toString();
    item.description = facts.join(' · ');
    item.tooltip = uri.fsPath;
    item.iconPath = isMissing
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('database');
    item.contextValue = isMissing ? 'missing' : 'dataset';
    return item;
  }
}

function lookInWords(look: DatasetLook): string {
  switch (look) {
    case 'celeba':
      return 'CelebA';
    case 'lfw':
      return 'LFW';
    case 'people':
      return vscode.l10n.t('a folder for each person');
    case 'images':
      return vscode.l10n.t('images');
  }
}
