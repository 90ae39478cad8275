import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { asPerson } from './person.ts';
import { readReportOf, writeReport } from './reports.ts';
import { closeTabs, openTabs, tabsBecome } from './tabs.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

/** The numbers do not matter here. */
const quick = {
  maxIdentities: 20,
  permutations: 20,
  bootstraps: 20,
  confounders: 0,
  discriminativeImages: 0,
};

test('a report is run again with its own settings, not with those of today, and is shown', async () => {
  await withSettings({ seed: 7, ...quick }, async () => {
    await asPerson({}, async () => {
      await writeReport('analyzeAttributes');
    });
  });
  await closeTabs();
  const uri = await analysis();
  const before = await readReportOf(uri);
  const shown = await asPerson({}, async () => {
    assert.equal((await rerun(uri))?.fsPath, uri.fsPath);
  });
  const after = await readReportOf(uri);
  assert.equal(after.inputs.seed, 7);
  assert.deepEqual({ ...after, times: null }, { ...before, times: null });
  assert.notDeepEqual(after.times, before.times);
  assert.deepEqual([shown.questions, shown.messages], [[], []]);
  await tabsBecome(() => openTabs().some(({ label }) => label.endsWith('.attrlens.json')));
});

test('without a report that is looked at, one of the workspace is asked for', async () => {
  await closeTabs();
  const { fsPath } = await analysis();
  const name = fsPath.slice(fsPath.lastIndexOf('/') + 1, -'.attrlens.json'.length);
  const shown = await asPerson({ quickPicks: [name] }, async () => {
    assert.ok(await rerun());
  });
  assert.deepEqual(shown.questions, ['Report to run again']);
});

test('a cancelled run leaves the report as it was', async () => {
  const uri = await analysis();
  const before = await readFile(uri.fsPath, 'utf8');
  const shown = await asPerson({ cancelAt: (message) => message.startsWith('Analyzing') }, async () => {
    assert.equal(await rerun(uri), undefined);
  });
  assert.equal(await readFile(uri.fsPath, 'utf8'), before);
  assert.deepEqual(shown.messages, []);
  assert.match(shown.status[0] ?? '', /^Cancelled\./);
});

test('a report that does not say how it was made is told, with what to do', async () => {
  const report = JSON.parse(await readFile((await analysis()).fsPath, 'utf8')) as { inputs: object };
  const file = join(workspaceFolder().fsPath, 'old.attrlens.json');
  await writeFile(file, JSON.stringify({ ...report, inputs: { ...report.inputs, job: null } }));
  try {
    const shown = await asPerson({}, async () => {
      assert.equal(await rerun(vscode.Uri.file(file)), undefined);
    });
    assert.match(shown.messages[0]!.text, /old\.attrlens\.json.*Start the analysis anew\.$/);
    assert.deepEqual(shown.progress, []);
  } finally {
    await rm(file);
  }
});

test('all reports are checked at once, and the status bar says how many are stale', async () => {
  const shown = await asPerson({}, async () => {
    await vscode.commands.executeCommand('attributeLens.checkReports');
  });
  assert.deepEqual(shown.messages, []);
  assert.match(shown.status[0] ?? '', /stale/);
});

function rerun(uri?: vscode.Uri): Thenable<vscode.Uri | undefined> {
  return vscode.commands.executeCommand('attributeLens.rerunReport', uri);
}

/** The report that the first test writes. */
async function analysis(): Promise<vscode.Uri> {
  const [uri] = await vscode.workspace.findFiles('attribute-lens/*-fisherfaces.attrlens.json');
  assert.ok(uri);
  return Promise.resolve(uri);
}
