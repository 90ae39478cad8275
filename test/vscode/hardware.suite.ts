import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { asPerson } from './person.ts';
import { closeTabs, tabsBecome, webviewTabs } from './tabs.ts';

test('checking the hardware shows a page to paste into an issue, and offers to copy it', async () => {
  await closeTabs();
  const shown = await asPerson({}, async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>('attributeLens.checkHardware');
    await tabsBecome(() => webviewTabs('markdown.preview').length === 1);
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(text, /^# Hardware for Attribute Lens\n/);
    assert.match(text, /\| CPU \| available \|/);
    assert.match(text, /\| CPU \| \d+ \| [\d.]+ \| – \|/);
    assert.ok(!text.includes(`${homedir()}/`), text);
  });
  assert.deepEqual(shown.questions, []);
  assert.deepEqual(
    shown.messages.map(({ text, buttons }) => [text, buttons]),
    [['The page shows your home folder as ~ and can be pasted into an issue.', ['Copy for an Issue']]],
  );
  await closeTabs();
});

test('without an NVIDIA device, installing CUDA support asks nothing and says what to use instead', async () => {
  if (existsSync('/dev/nvidiactl') || existsSync('/dev/dxg')) return;
  const shown = await asPerson({}, async () => {
    await vscode.commands.executeCommand('attributeLens.installCuda');
  });
  assert.deepEqual(shown.questions, []);
  assert.match(
    shown.messages.map(({ text }) => text).join('\n'),
    /attributeLens\.executionProvider at «auto»/,
  );
});
