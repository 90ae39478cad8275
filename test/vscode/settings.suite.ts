import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { asPerson } from './person.ts';
import { tryReport } from './reports.ts';
import { closeTabs, openTabs, tabsBecome, webviewTabs } from './tabs.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

const settingsFile = () => vscode.Uri.joinPath(workspaceFolder(), '.vscode', 'settings.json');

test('a wrong value is marked at its line in settings.json, with what is allowed, until it is mended', async () => {
  await withSettings({ metric: 'cosin' }, async () => {
    const [diagnostic] = await diagnosticsBecome((all) => all.length === 1);
    assert.match(diagnostic!.message, /attributeLens\.metric is "cosin".*"cosine"\|"euclidean"/);
    assert.equal(diagnostic!.severity, vscode.DiagnosticSeverity.Error);
    const document = await vscode.workspace.openTextDocument(settingsFile());
    assert.equal(document.getText(diagnostic!.range), '"cosin"');
  });
  await diagnosticsBecome((all) => all.length === 0);
});

test('of two wrong values each is marked; of a model the part that is wrong', async () => {
  const models = [{ path: 'models/fisherfaces.onnx', channels: 'GRB' }];
  await withSettings({ seed: -1, models }, async () => {
    const diagnostics = await diagnosticsBecome((all) => all.length === 2);
    const document = await vscode.workspace.openTextDocument(settingsFile());
    const marked = diagnostics.map(({ range }) => document.getText(range)).sort();
    assert.deepEqual(marked, ['"GRB"', '-1']);
  });
  await diagnosticsBecome((all) => all.length === 0);
});

test('«Open Settings» of a wrong setting leads to its line', async () => {
  await withSettings({ metric: 'cosin' }, async () => {
    await asPerson({ press: 'Open Settings' }, async () => {
      assert.equal(await tryReport('analyzeAttributes'), undefined);
      await editorBecomes(({ document, selection }) => document.getText(selection) === '"cosin"');
    });
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, settingsFile().fsPath);
  });
});

test('a link of a setting opens a page of the extension, and nothing else', async () => {
  await closeTabs();
  await vscode.commands.executeCommand('attributeLens.openHelp', 'docs/definitions.md#permutation-p');
  await tabsBecome(() => webviewTabs('markdown.preview').length === 1);
  assert.match(webviewTabs('markdown.preview')[0]!.label, /definitions\.md/);
  await vscode.commands.executeCommand('attributeLens.openHelp', '../../etc/passwd#root');
  assert.equal(openTabs().length, 1);
});

/** Waits until the marks of this extension in settings.json are so. */
function diagnosticsBecome(
  isSo: (all: readonly vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  const own = () =>
    vscode.languages.getDiagnostics(settingsFile()).filter(({ source }) => source === 'Attribute Lens');
  if (isSo(own())) return Promise.resolve(own());
  return new Promise((resolve) => {
    const subscription = vscode.languages.onDidChangeDiagnostics(() => {
      if (!isSo(own())) return;
      subscription.dispose();
      resolve(own());
    });
  });
}

function editorBecomes(isSo: (editor: vscode.TextEditor) => boolean): Promise<void> {
  const now = () => vscode.window.activeTextEditor !== undefined && isSo(vscode.window.activeTextEditor);
  if (now()) return Promise.resolve();
  return new Promise((resolve) => {
    const listen = () => {
      if (!now()) return;
      subscription.dispose();
      resolve();
    };
    const subscription = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(listen),
      vscode.window.onDidChangeTextEditorSelection(listen),
    );
  });
}
