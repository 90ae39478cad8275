/** The sample workspace that the suites run in, and its settings. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type SettingName, settingPrefix } from '../../src/protocol/settings.ts';

export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'No workspace is open.');
  return folder.uri;
}

export function workspaceSetting(name: SettingName): unknown {
  return vscode.workspace.getConfiguration(settingPrefix, workspaceFolder()).get(name);
}

/** Settings of the workspace that hold while `body` runs; `undefined` takes one away. */
export async function withSettings(
  values: Partial<Record<SettingName, unknown>>,
  body: () => Promise<void>,
): Promise<void> {
  const before = Object.keys(values).map((name) => [name, inWorkspace(name)] as const);
  try {
    for (const [name, value] of Object.entries(values)) await update(name, value);
    await body();
  } finally {
    for (const [name, value] of before) await update(name, value);
  }
}

/** The tests' VS Code trusts every folder; only what the extension is told can be changed. */
export async function untrusted(body: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
  assert.ok(before);
  Object.defineProperty(vscode.workspace, 'isTrusted', { get: () => false, configurable: true });
  try {
    assert.equal(vscode.workspace.isTrusted, false);
    await body();
  } finally {
    Object.defineProperty(vscode.workspace, 'isTrusted', before);
  }
}

function inWorkspace(name: string): unknown {
  return vscode.workspace.getConfiguration(settingPrefix).inspect(name)?.workspaceValue;
}

async function update(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration(settingPrefix)
    .update(name, value, vscode.ConfigurationTarget.Workspace);
}
