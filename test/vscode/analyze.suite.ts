import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { engineProcesses, nativeLibraries } from './host.ts';
import { asPerson } from './person.ts';
import { readReportOf, tryReport, writeReport } from './reports.ts';
import { clearStore, embeddingsOnDisk, type StoreOnDisk } from './store.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

test('with settings that say it all, analyzing asks nothing and writes a report that is valid', async () => {
  const shown = await asPerson({}, async () => {
    const report = await readReportOf(await analyze());
    assert.equal(report.inputs.dataset.nImages, 400);
    assert.ok(report.results.macroscale[0]!.rows.length >= 10);
  });
  assert.deepEqual(shown.questions, []);
  assert.deepEqual(shown.messages, []);
  assert.ok(
    shown.progress.some((message) => /^Embedding \d+ of 400 · \d+ images\/s/.test(message)),
    shown.progress.join('\n'),
  );
});

test('the report is opened in the report editor', async () => {
  await asPerson({}, async () => {
    const uri = await analyze();
    const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
    const custom = inputs.filter((input) => input instanceof vscode.TabInputCustom);
    assert.ok(
      custom.some(
        ({ uri: shown, viewType }) => shown.fsPath === uri.fsPath && viewType === 'attributeLens.report',
      ),
    );
  });
});

test('the same settings write the same report, but for times', async () => {
  await asPerson({}, async () => {
    const [first, second] = [await readReportOf(await analyze()), await readReportOf(await analyze())];
    assert.deepEqual({ ...first, times: null }, { ...second, times: null });
  });
});

test('native modules are loaded in the engine alone', async () => {
  assert.equal((await engineProcesses()).length, 1);
  assert.deepEqual(await nativeLibraries(), []);
});

test('what settings leave open is asked: the folder, then the model', async () => {
  await withSettings({ dataset: undefined, models: undefined }, async () => {
    const shown = await asPerson({ quickPicks: ['workspace', 'fisherfaces.onnx'] }, async () => {
      await readReportOf(await analyze());
    });
    assert.deepEqual(shown.questions, ['Faces to analyze', 'Model to analyze']);
  });
});

test('a folder from the explorer is not asked for, and the baseline can be trained from it on the way', async () => {
  await withSettings({ models: undefined }, async () => {
    const shown = await asPerson({ quickPicks: ['Train Eigenfaces Baseline'] }, async () => {
      const report = await readReportOf(await analyze(workspaceFolder()));
      assert.equal(report.inputs.models[0]!.family, 'eigenfaces');
    });
    assert.deepEqual(shown.questions, ['Model to analyze']);
  });
});

test('a model that is no ONNX file is named, with what can be done', async () => {
  const file = join(workspaceFolder().fsPath, 'broken.onnx');
  await writeFile(file, 'This is no model.');
  try {
    await withSettings({ models: ['broken.onnx'] }, async () => {
      const shown = await asPerson({}, async () => assert.equal(await tryAnalyze(), undefined));
      assert.equal(shown.messages.length, 1);
      assert.match(shown.messages[0]!.text, /broken\.onnx/);
      assert.deepEqual(shown.messages[0]!.buttons, ['Open Settings']);
    });
  } finally {
    await rm(file);
  }
});

test('a setting with a wrong value is named with what is allowed, and starts nothing', async () => {
  await withSettings({ metric: 'cosin' }, async () => {
    const shown = await asPerson({}, async () => assert.equal(await tryAnalyze(), undefined));
    assert.match(shown.messages[0]!.text, /attributeLens\.metric is "cosin".*"cosine"\|"euclidean"/);
    assert.deepEqual(shown.progress, []);
  });
});

test('a cancel is silent and says what is kept; the next run computes only the rest', async () => {
  await clearStore();
  const shown = await asPerson({ cancelAt: afterImages(50) }, async () => {
    assert.equal(await tryAnalyze(), undefined);
  });
  assert.deepEqual(shown.messages, []);
  assert.match(shown.status[0] ?? '', /^Cancelled\. \d+ of 400 images are embedded and kept\.$/);
  await assertOnlyTheRestIsComputed(await embeddingsOnDisk());
});

test('an engine killed in the middle is told with its actions; the next run embeds only what is missing', async () => {
  await clearStore();
  let killed = false;
  const kill = (message: string) => {
    if (killed || !afterImages(50)(message)) return;
    killed = true;
    void engineProcesses().then((pids) => pids.forEach((pid) => process.kill(pid, 'SIGKILL')));
  };
  const shown = await asPerson({ onProgress: kill }, async () => {
    assert.equal(await tryAnalyze(), undefined);
  });
  assert.equal(shown.messages.length, 1);
  assert.match(shown.messages[0]!.text, /stopped unexpectedly: it ended with signal SIGKILL/);
  assert.deepEqual(shown.messages[0]!.buttons, ['Show Log', 'Restart Engine']);
  await assertOnlyTheRestIsComputed(await embeddingsOnDisk());
});

test('restarting ends the engine; the next run starts another one', async () => {
  await asPerson({}, async () => {
    await analyze();
  });
  const before = await engineProcesses();
  assert.equal(before.length, 1);
  await vscode.commands.executeCommand('attributeLens.restartEngine');
  assert.deepEqual(await engineProcesses(), []);
  await asPerson({}, async () => {
    await analyze();
  });
  assert.notDeepEqual(await engineProcesses(), before);
});

function tryAnalyze(resource?: vscode.Uri): Promise<vscode.Uri | undefined> {
  return tryReport('analyzeAttributes', resource);
}

function analyze(resource?: vscode.Uri): Promise<vscode.Uri> {
  return writeReport('analyzeAttributes', resource);
}

/** Runs again: the rows that were kept stay where they are, and the count of embedded images begins behind them. */
async function assertOnlyTheRestIsComputed(kept: StoreOnDisk): Promise<void> {
  assert.ok(kept.rows >= 50 && kept.rows < 400, `${kept.rows} rows are kept.`);
  const shown = await asPerson({}, async () => {
    await readReportOf(await analyze());
  });
  const counts = shown.progress.flatMap((message) => /^Embedding (\d+) of/.exec(message)?.slice(1) ?? []);
  assert.ok(Number(counts[0]) >= kept.rows, `It began at ${counts[0]} with ${kept.rows} rows kept.`);
  const now = await embeddingsOnDisk();
  assert.equal(now.rows, 400);
  const keptBytes = (kept.rows * now.vectors.length) / now.rows;
  assert.ok(now.vectors.subarray(0, keptBytes).equals(kept.vectors.subarray(0, keptBytes)));
}

function afterImages(n: number): (message: string) => boolean {
  return (message) => {
    const match = /^Embedding (\d+) of/.exec(message);
    return match !== null && Number(match[1]) >= n;
  };
}
