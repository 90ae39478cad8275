import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { JobList } from '../../src/extension/jobList.ts';
import { DatasetsView } from '../../src/extension/views/datasetsView.ts';
import { JobsView } from '../../src/extension/views/jobsView.ts';
import { ModelsView } from '../../src/extension/views/modelsView.ts';
import { ReportsView } from '../../src/extension/views/reportsView.ts';
import { test } from './harness.ts';
import { engineProcesses } from './host.ts';
import { asPerson } from './person.ts';
import { writeReport } from './reports.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

test('models of the settings come first, then those found, each with what its name says', async () => {
  await withSettings({ models: ['models/fisherfaces.onnx', 'gone.onnx'] }, async () => {
    await withFile('w600k_r50.onnx', 'No look inside.', async () => {
      const items = await itemsOf(new ModelsView());
      assert.deepEqual(
        items.map(({ label, description, contextValue }) => [label, description, contextValue]).slice(0, 2),
        [
          ['fisherfaces.onnx', 'eigenfaces · in the settings', 'model'],
          ['gone.onnx', 'not found · in the settings', 'missing'],
        ],
      );
      const found = items.find(({ label }) => label === 'w600k_r50.onnx');
      assert.match(String(found?.description), /^arcface · /);
    });
  });
});

test('a model that comes or goes is told to the view', async () => {
  const view = new ModelsView();
  try {
    const told = nextChange(view);
    await withFile('new.onnx', '', async () => {
      await told;
      assert.ok((await itemsOf(view, false)).some(({ label }) => label === 'new.onnx'));
    });
  } finally {
    view.disposable.dispose();
  }
});

test('the sample is one data set, told by its names and by the settings', async () => {
  const [item, ...others] = await itemsOf(new DatasetsView());
  assert.deepEqual([item?.label, item?.description], ['workspace', 'CelebA · in the settings']);
  assert.deepEqual(others, []);
  await withSettings({ dataset: 'nowhere' }, async () => {
    const [missing, found] = await itemsOf(new DatasetsView());
    assert.deepEqual([missing?.contextValue, found?.contextValue], ['missing', 'dataset']);
  });
});

test('reports are listed by what they hold, newest first', async () => {
  await asPerson({}, async () => {
    await writeReport('describeDataset', workspaceFolder());
    await writeReport('verifyModel');
    const items = await itemsOf(new ReportsView());
    const told = items
      .slice(0, 2)
      .map(({ label, description }) => [label, String(description).split(' · ')[0]]);
    assert.deepEqual(told, [
      ['fisherfaces on workspace', 'verification'],
      ['workspace', 'data set'],
    ]);
    assert.equal(items[0]?.contextValue, 'report');
  });
});

test('a file that is no report is listed by its name, and harms nothing', async () => {
  await withFile('broken.attrlens.json', '{ "inputs": { "dataset": 7', async () => {
    const [item] = await itemsOf(new ReportsView());
    assert.equal(item?.label, 'broken');
  });
});

test('jobs show what they do, offer what can be done, and keep their place', () => {
  const list = new JobList();
  const view = new JobsView(list);
  try {
    const running = list.add('Analyzing a', 'analyze', 'Starting', () => undefined);
    running.step('running', {
      message: 'Embedding 1 of 2 · a.jpg',
      activity: 'Embedding 1 of 2',
      increment: 40,
    });
    const failed = list.add('Analyzing b', 'analyze', 'Starting', () => undefined);
    failed.failed('There is no such model.', new Error());
    const [first, second] = view.getChildren();
    const [item, ended] = [view.getTreeItem(first!), view.getTreeItem(second!)];
    assert.deepEqual([item.description, item.contextValue], ['Embedding 1 of 2', 'job.cancellable']);
    assert.equal(item.tooltip, 'Analyzing a\nEmbedding 1 of 2 · a.jpg\n40 % done');
    assert.deepEqual([ended.description, ended.contextValue], ['There is no such model.', 'job.failed']);
    running.done('Done', '/a.attrlens.json');
    assert.equal(view.getChildren()[0], first);
    assert.equal(view.getTreeItem(first!).contextValue, 'job.report');
    assert.equal(view.getTreeItem(first!).command?.command, 'attributeLens.openJob');
  } finally {
    view.disposable.dispose();
  }
});

test('looking at the views starts no process', async () => {
  await vscode.commands.executeCommand('attributeLens.restartEngine');
  for (const view of ['models', 'datasets', 'reports', 'jobs'])
    await vscode.commands.executeCommand(`attributeLens.${view}.focus`);
  await vscode.commands.executeCommand('attributeLens.showJobs');
  assert.deepEqual(await engineProcesses(), []);
});

type View<T> = vscode.TreeDataProvider<T> & { readonly disposable: vscode.Disposable };

async function itemsOf<T>(view: View<T>, dispose = true): Promise<vscode.TreeItem[]> {
  try {
    const elements = (await view.getChildren()) ?? [];
    const items: vscode.TreeItem[] = [];
    for (const element of elements) items.push(await view.getTreeItem(element));
    return items;
  } finally {
    if (dispose) view.disposable.dispose();
  }
}

function nextChange<T>(view: View<T>): Promise<void> {
  return new Promise((resolve) => {
    const subscription = view.onDidChangeTreeData?.(() => {
      subscription?.dispose();
      resolve();
    });
  });
}

async function withFile(name: string, text: string, body: () => Promise<void>): Promise<void> {
  const file = join(workspaceFolder().fsPath, name);
  await writeFile(file, text);
  try {
    await body();
  } finally {
    await rm(file);
  }
}
