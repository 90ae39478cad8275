import * as vscode from 'vscode';
import { rangeOf, type SettingsFile, settingsFiles, textOf } from './settingsFiles.ts';
import { whenAtRest } from './views/workspaceFiles.ts';
import { findWrongSettings } from './wrongSettings.ts';

/** Marks values that are not allowed in the settings files of the workspace, and follows their changes. */
export function watchSettings(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('attribute-lens');
  const check = () => void checkAll(collection);
  const rest = whenAtRest(check);
  let watchers = watchFiles(rest.touch);
  check();
  return vscode.Disposable.from(
    collection,
    rest,
    new vscode.Disposable(() => void watchers.dispose()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      watchers.dispose();
      watchers = watchFiles(rest.touch);
      rest.touch();
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (settingsFiles().some(({ uri }) => uri.toString() === document.uri.toString())) rest.touch();
    }),
  );
}

function watchFiles(act: () => void): vscode.Disposable {
  const watchers = settingsFiles().map(({ uri }) => {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
    return vscode.workspace.createFileSystemWatcher(pattern);
  });
  for (const watcher of watchers) {
    for (const listen of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) listen(act);
  }
  return vscode.Disposable.from(...watchers);
}

async function checkAll(collection: vscode.DiagnosticCollection): Promise<void> {
  const found = await Promise.all(settingsFiles().map(diagnosticsOf));
  collection.clear();
  for (const [uri, diagnostics] of found) collection.set(uri, diagnostics);
}

async function diagnosticsOf(file: SettingsFile): Promise<[vscode.Uri, vscode.Diagnostic[]]> {
  const text = await textOf(file);
  const wrong = text === null ? [] : findWrongSettings(text, file.kind);
  if (wrong.length === 0) return [file.uri, []];
  const document = await vscode.workspace.openTextDocument(file.uri);
  const diagnostics = wrong.map(({ key, message, ...place }) => {
    const diagnostic = new vscode.Diagnostic(rangeOf(document, place), message);
    diagnostic.source = 'Attribute Lens';
    diagnostic.code = key;
    return diagnostic;
  });
  return [file.uri, diagnostics];
}
