import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { nativeLibraries } from './host.ts';
import { asPerson } from './person.ts';
import { readReportOf, tryReport, writeReport } from './reports.ts';
import { closeTabs, openTabs, tabsBecome, webviewTabs } from './tabs.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

const baseline = () => vscode.Uri.joinPath(workspaceFolder(), 'models', 'fisherfaces.onnx');

test('verifying asks nothing where settings say it all, and writes a report of pairs alone, beside the other', async () => {
  const shown = await asPerson({}, async () => {
    const uri = await writeReport('verifyModel', workspaceFolder());
    assert.match(uri.path, /-fisherfaces-verification\.attrlens\.json$/);
    const { results } = await readReportOf(uri);
    assert.deepEqual(results.macroscale, []);
    const [verification] = results.verification;
    assert.ok(verification);
    // 40 people with 10 images each.
    assert.equal(verification.nImages, 400);
    assert.equal(verification.sampling.nMatchedPossible, (40 * 10 * 9) / 2);
    assert.equal(verification.sampling.nUnmatchedPossible, (400 * 399) / 2 - (40 * 10 * 9) / 2);
    assert.ok(verification.auc > 0.5, `The AUC is ${verification.auc}.`);
    await tabsBecome(() =>
      openTabs().some(
        ({ input }) => input instanceof vscode.TabInputCustom && input.uri.fsPath === uri.fsPath,
      ),
    );
  });
  assert.deepEqual(shown.questions, []);
  assert.deepEqual(shown.messages, []);
});

test('inspecting a model shows what it is as a Markdown preview that nobody can edit', async () => {
  await closeTabs();
  const shown = await asPerson({}, async () => {
    const uri = await inspect(baseline());
    await tabsBecome(() => webviewTabs('markdown.preview').length === 1);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'markdown');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(uri.scheme), undefined);
    const text = document.getText();
    assert.match(text, /^# fisherfaces/);
    assert.match(text, /\| Family \| eigenfaces \|/);
    assert.match(text, /\| cpu \| \d+ \| [\d,\\.]+ \|/);
  });
  assert.deepEqual(shown.questions, []);
  assert.deepEqual(shown.messages, []);
  assert.ok(
    shown.progress.some((message) => /^Testing \d+ of \d+/.test(message)),
    shown.progress.join('\n'),
  );
});

test('from the palette the model is asked for; what the settings override about it is shown', async () => {
  const model = { path: 'models/fisherfaces.onnx', metric: 'euclidean' };
  await withSettings({ models: [model] }, async () => {
    const shown = await asPerson({ quickPicks: ['fisherfaces.onnx'] }, async () => {
      const document = await vscode.workspace.openTextDocument(await inspect());
      // The same document as before: its text is the new one's, after VS Code has asked for it.
      await contains(document, '| Distance | euclidean |');
    });
    assert.deepEqual(shown.questions, ['Model to inspect']);
  });
});

test('previewing the alignment opens a panel of its own; looking again draws into the same one', async () => {
  await closeTabs();
  await asPerson({}, async () => {
    const viewType = 'attributeLens.alignmentPreview';
    await vscode.commands.executeCommand('attributeLens.previewAlignment', workspaceFolder());
    await tabsBecome(() => webviewTabs(viewType).length === 1);
    assert.equal(webviewTabs(viewType)[0]!.label, 'Alignment of workspace');
    await vscode.commands.executeCommand('attributeLens.previewAlignment');
    assert.equal(webviewTabs(viewType).length, 1);
    await closeTabs();
    await vscode.commands.executeCommand('attributeLens.previewAlignment');
    await tabsBecome(() => webviewTabs(viewType).length === 1);
  });
});

test('a detector that is needed and not set is asked for; one that is none is told', async () => {
  await withSettings({ alignment: 'detect' }, async () => {
    for (const command of ['analyzeAttributes', 'verifyModel'] as const) {
      const shown = await asPerson({ quickPicks: ['fisherfaces.onnx'] }, async () => {
        assert.equal(await tryReport(command), undefined);
      });
      assert.deepEqual(shown.questions, ['Face detector']);
      assert.match(shown.messages[0]!.text, /no face detector/);
      assert.deepEqual(shown.messages[0]!.buttons, ['Open Settings']);
    }
    const dismissed = await asPerson({ dismissQuestions: true }, async () => {
      await vscode.commands.executeCommand('attributeLens.previewAlignment');
    });
    assert.deepEqual(dismissed.questions, ['Face detector']);
    assert.deepEqual(dismissed.progress, []);
    assert.deepEqual(dismissed.messages, []);
  });
});

test('looking at models and faces loads nothing native into the extension host', async () => {
  assert.deepEqual(await nativeLibraries(), []);
});

async function inspect(resource?: vscode.Uri): Promise<vscode.Uri> {
  const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>(
    'attributeLens.inspectModel',
    resource,
  );
  assert.ok(uri, 'The inspection ended without a document.');
  return uri;
}

function contains(document: vscode.TextDocument, text: string): Promise<void> {
  if (document.getText().includes(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || !document.getText().includes(text)) return;
      subscription.dispose();
      resolve();
    });
  });
}
