import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { browse, chosen } from './choosePlace.ts';

const maxFolders = 200;
const maxDepth = 2;
const passedOver = new Set(['node_modules', 'dist', 'attribute-lens']);

/** Asks for the data set: a folder of the workspace, or another folder or table. Throws `cancelled`. */
export async function chooseDataset(base: string | undefined): Promise<string> {
  const folders =
    base === undefined ? [] : [base, ...(await subfolders(base, maxDepth))].slice(0, maxFolders);
  const items: (vscode.QuickPickItem & { readonly folder?: string; readonly table?: true })[] = [
    ...folders.map((folder) => ({
      label: `$(folder) ${path.basename(folder)}`,
      description: base === undefined ? '' : path.relative(path.dirname(base), folder),
      folder,
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('Browse for a folder…') },
    { label: vscode.l10n.t('Browse for a CSV table…'), table: true },
  ];
  const item = chosen(
    await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Faces to analyze'),
      placeHolder: vscode.l10n.t('A folder of face images, or a table of them'),
      matchOnDescription: true,
    }),
  );
  if (item.folder !== undefined) return item.folder;
  const [file] = await browse(
    item.table
      ? { title: vscode.l10n.t('Table of face images'), filters: { CSV: ['csv', 'tsv', 'txt'] } }
      : { title: vscode.l10n.t('Folder of face images'), canSelectFolders: true, canSelectFiles: false },
  );
  return chosen(file).fsPath;
}

/** Folders below, nearest first, sorted by name; hidden ones and build folders are passed over. */
async function subfolders(folder: string, depth: number): Promise<string[]> {
  if (depth === 0) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const own = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !passedOver.has(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .sort()
    .slice(0, maxFolders);
  const below = await Promise.all(own.map((one) => subfolders(one, depth - 1)));
  return [...own, ...below.flat()];
}
