import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { engineProcesses, extension, loadedFiles, nativeLibraries } from './host.ts';

test('no process is started and nothing native is loaded before the extension is used', async () => {
  assert.deepEqual(await engineProcesses(), []);
  assert.deepEqual(await nativeLibraries(), []);
});

test('activation loads one small file and nothing besides', async () => {
  const { isActive, activate, folder } = await extension();
  assert.equal(isActive, false, 'Something activated it before it was used.');
  assert.deepEqual(loadedFiles(folder), []);
  await activate();
  const main = join(folder, 'dist', 'extension.cjs');
  assert.deepEqual(loadedFiles(folder), [main]);
  const { size } = await stat(main);
  assert.ok(size < 16_384, `It has ${size} bytes.`);
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
