import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { engineProcesses, extension, hostAtRest, nativeLibraries } from './host.ts';

test('no process is started and nothing native is loaded before the extension is used', async () => {
  assert.deepEqual(await engineProcesses(), []);
  assert.deepEqual(await nativeLibraries(), []);
});

test('the extension activates in under 50 ms', async () => {
  const { isActive, activate } = await extension();
  assert.equal(isActive, false, 'Something activated it before it was used.');
  await hostAtRest();
  const ms = await activate();
  console.log(`activated in ${ms.toFixed(1)} ms`);
  assert.ok(ms < 50, `It took ${ms.toFixed(1)} ms.`);
});

test('every command of the manifest is registered, and none besides', async () => {
  const { manifest } = await extension();
  const declared = manifest.contributes.commands.map(({ command }) => command).sort();
  const registered = (await vscode.commands.getCommands(true))
    .filter((name) => name.startsWith('attributeLens.'))
    .sort();
  // The editor adds commands of its own for what an extension contributes; they hold a second dot.
  assert.deepEqual(
    registered.filter((name) => name.split('.').length === 2),
    declared,
  );
});

test('activation alone starts no process and loads nothing native', async () => {
  assert.deepEqual(await engineProcesses(), []);
  assert.deepEqual(await nativeLibraries(), []);
});
