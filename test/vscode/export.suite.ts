import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { nativeLibraries } from './host.ts';
import { asPerson } from './person.ts';
import { writeReport } from './reports.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

const exportReport = (report?: vscode.Uri) =>
  vscode.commands.executeCommand<vscode.Uri | undefined>('attributeLens.exportReport', report);

test('a report is exported to a folder of its own where it is asked for, with progress, and once more', async () => {
  const place = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  try {
    await withSettings({ models: undefined }, async () => {
      let report!: vscode.Uri;
      await asPerson({}, async () => {
        report = await writeReport('describeDataset', workspaceFolder());
      });
      for (let turn = 0; turn < 2; turn++) {
        const shown = await asPerson({ openDialog: [vscode.Uri.file(place)] }, async () => {
          const folder = await exportReport(report);
          assert.ok(folder);
          assert.match(folder.fsPath, /-description-export$/);
          const names = await readdir(folder.fsPath);
          assert.deepEqual(
            names.filter((name) => /^(report\.html|methods\.txt|tables|figures)$/.test(name)).length,
            4,
          );
          assert.match(await readFile(join(folder.fsPath, 'report.html'), 'utf8'), /^<!doctype html>/);
        });
        assert.equal(shown.messages.length, 1);
        assert.match(shown.messages[0]!.text, /^Exported \d+ files to .*-export\.$/);
        assert.deepEqual(shown.messages[0]!.buttons, ['Open Folder']);
        assert.ok(
          shown.progress.some((message) => message.startsWith('Writing')),
          shown.progress.join('\n'),
        );
      }
      assert.equal((await readdir(place)).length, 1, 'the second export is in the place of the first');
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  assert.deepEqual(await nativeLibraries(), []);
});

test('the report that is shown is exported; who dismisses the question exports nothing', async () => {
  await withSettings({ models: undefined }, async () => {
    await asPerson({}, async () => {
      await writeReport('describeDataset', workspaceFolder());
    });
    const shown = await asPerson({}, async () => {
      assert.equal(await exportReport(), undefined);
    });
    assert.deepEqual(shown.questions, [], 'it is not asked which one');
    assert.deepEqual(shown.messages, []);
  });
});
