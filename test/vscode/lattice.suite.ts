import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { nativeLibraries } from './host.ts';
import { asPerson } from './person.ts';
import { closeTabs, tabsBecome, webviewTabs } from './tabs.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

const viewType = 'attributeLens.latticePreview';
const preview = (resource?: vscode.Uri) =>
  vscode.commands.executeCommand('attributeLens.previewLattice', resource);

test('previewing the lattice asks nothing and opens a panel of its own; looking again draws into the same one', async () => {
  await closeTabs();
  await withSettings({ latticeAttributes: ['brightness', 'blur'], latticeSteps: { blur: 2 } }, async () => {
    const shown = await asPerson({}, async () => {
      await preview(workspaceFolder());
      await tabsBecome(() => webviewTabs(viewType).length === 1);
      assert.equal(webviewTabs(viewType)[0]!.label, 'Lattice of workspace');
      await preview();
      assert.equal(webviewTabs(viewType).length, 1);
      await closeTabs();
      await preview();
      await tabsBecome(() => webviewTabs(viewType).length === 1);
    });
    assert.deepEqual(shown.questions, []);
    assert.deepEqual(shown.messages, []);
  });
});

test('a lattice that the settings do not allow is told, and nothing opens', async () => {
  await closeTabs();
  await withSettings({ latticeAttributes: ['age'] }, async () => {
    const shown = await asPerson({}, async () => {
      await preview(workspaceFolder());
    });
    assert.match(shown.messages[0]!.text, /attributeLens\.latticeAttributes/);
    assert.equal(webviewTabs(viewType).length, 0);
  });
});

test('looking at a lattice loads nothing native into the extension host', async () => {
  assert.deepEqual(await nativeLibraries(), []);
});
