import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { nativeLibraries } from './host.ts';
import { asPerson } from './person.ts';
import { readReportOf, tryReport, writeReport } from './reports.ts';
import { openTabs, tabsBecome } from './tabs.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

test('describing a data set asks for no model, reads no image, and opens a report of the annotations', async () => {
  await withSettings({ models: undefined }, async () => {
    const shown = await asPerson({}, async () => {
      const uri = await writeReport('describeDataset', workspaceFolder());
      assert.match(uri.path, /-description\.attrlens\.json$/);
      const { inputs, results } = await readReportOf(uri);
      assert.deepEqual(inputs.models, []);
      assert.equal(inputs.dataset.nImages, 400);
      assert.deepEqual(results.people?.imagesPerIdentity, { min: 10, median: 10, mean: 10, max: 10 });
      const nAttributes = results.attributes.length;
      assert.ok(nAttributes > 20, `There are ${nAttributes} attributes.`);
      assert.equal(results.associations.length, (nAttributes * (nAttributes - 1)) / 2);
      await tabsBecome(() =>
        openTabs().some(
          ({ input }) => input instanceof vscode.TabInputCustom && input.uri.fsPath === uri.fsPath,
        ),
      );
    });
    assert.deepEqual(shown.questions, []);
    assert.deepEqual(shown.messages, []);
    assert.ok(
      !shown.progress.some((message) => /^(Embedding|Decoding)/.test(message)),
      shown.progress.join('\n'),
    );
  });
  assert.deepEqual(await nativeLibraries(), []);
});

test('a folder of annotations without any image is described, too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  try {
    await writeFile(join(folder, 'faces.csv'), 'image,identity,hat\na.jpg,1,1\nb.jpg,1,0\nc.jpg,2,0\n');
    const shown = await asPerson({}, async () => {
      const { inputs, results } = await readReportOf(
        await writeReport('describeDataset', vscode.Uri.file(folder)),
      );
      assert.equal(inputs.dataset.nImages, 3);
      assert.equal(results.people?.nIdentities, 2);
    });
    assert.deepEqual(shown.messages, []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a combination of an attribute that does not exist is told with its near names, and its setting', async () => {
  await withSettings({ combinations: ['Mael & Eyeglasses'] }, async () => {
    const shown = await asPerson({}, async () => {
      assert.equal(await tryReport('describeDataset', workspaceFolder()), undefined);
    });
    assert.equal(shown.messages.length, 1);
    assert.match(
      shown.messages[0]!.text,
      /attributeLens\.combinations holds «Mael & Eyeglasses».*Is it Male\?/,
    );
    assert.deepEqual(shown.messages[0]!.buttons, ['Open Settings']);
  });
});
