import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { engineProcesses } from './host.ts';
import { asPerson } from './person.ts';
import { untrusted, withSettings, workspaceFolder } from './workspace.ts';

test('the baseline is trained from a folder, written where the person says, and told in numbers', async () => {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'own.onnx');
    const shown = await asPerson({ saveDialog: vscode.Uri.file(file) }, async () => {
      await vscode.commands.executeCommand('attributeLens.trainBaseline', workspaceFolder());
    });
    assert.ok((await stat(file)).size > 10_000);
    assert.deepEqual(shown.questions, []);
    assert.match(shown.messages[0]!.text, /^own\.onnx was trained on 400 images of 40 identities/);
  });
});

test('dismissing a question ends the command without a word', async () => {
  await withSettings({ models: undefined }, async () => {
    const shown = await asPerson({ dismissQuestions: true }, async () => {
      assert.equal(await vscode.commands.executeCommand('attributeLens.analyzeAttributes'), undefined);
      await vscode.commands.executeCommand('attributeLens.trainBaseline', workspaceFolder());
      await vscode.commands.executeCommand('attributeLens.createSampleWorkspace');
    });
    assert.deepEqual(shown.questions, ['Model to analyze']);
    assert.deepEqual(shown.progress, []);
    assert.deepEqual(shown.messages, []);
  });
});

test('a sample is drawn into a folder of its own beside what is there, and stops when it is cancelled', async () => {
  await inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'thesis.tex'), '');
    const shown = await asPerson(
      {
        openDialog: [vscode.Uri.file(folder)],
        cancelAt: (message) => /^Drawing [1-9]\d* of 2,000/.test(message),
      },
      async () => {
        await vscode.commands.executeCommand('attributeLens.createSampleWorkspace');
      },
    );
    assert.deepEqual((await readdir(folder)).sort(), ['attribute-lens-sample', 'thesis.tex']);
    const faces = await readdir(join(folder, 'attribute-lens-sample', 'img_align_celeba'));
    assert.ok(faces.length > 0 && faces.length < 2000, `${faces.length} faces were drawn.`);
    assert.deepEqual(shown.messages, []);
    assert.match(shown.status[0] ?? '', /^Cancelled\. [\d,]+ of 2,000 faces are drawn and kept\.$/);
  });
});

test('in a workspace that is not trusted nothing runs, and trust can be given', async () => {
  await vscode.commands.executeCommand('attributeLens.restartEngine');
  await untrusted(async () => {
    for (const command of [
      'analyzeAttributes',
      'verifyModel',
      'describeDataset',
      'inspectModel',
      'previewAlignment',
      'previewLattice',
      'trainBaseline',
      'compareReports',
    ]) {
      const shown = await asPerson({}, async () => {
        await vscode.commands.executeCommand(`attributeLens.${command}`, workspaceFolder());
      });
      assert.equal(shown.messages.length, 1);
      assert.match(shown.messages[0]!.text, /trust this workspace/);
      assert.deepEqual(shown.messages[0]!.buttons, ['Manage Workspace Trust']);
    }
  });
  assert.deepEqual(await engineProcesses(), []);
});

async function inTemporaryFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
