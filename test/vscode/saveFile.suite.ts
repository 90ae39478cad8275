import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { saveFile } from '../../src/extension/saveFile.ts';
import { test } from './harness.ts';
import { asPerson } from './person.ts';

const report = vscode.Uri.file(join(mkdtempSync(join(tmpdir(), 'attribute-lens-')), 'some.attrlens.json'));

test('what a page made is written where the person says, and can be opened', async () => {
  const svg = vscode.Uri.joinPath(report, '..', 'chart.svg');
  const shown = await asPerson({ saveDialog: svg }, () =>
    saveFile({ type: 'saveFile', name: 'chart.svg', encoding: 'utf8', content: '<svg>φ</svg>' }, report),
  );
  assert.equal(await readFile(svg.fsPath, 'utf8'), '<svg>φ</svg>');
  assert.deepEqual(shown.messages, [
    { severity: 'information', text: 'Saved chart.svg.', buttons: ['Open'] },
  ]);
  const png = vscode.Uri.joinPath(report, '..', 'chart.png');
  await asPerson({ saveDialog: png }, () =>
    saveFile({ type: 'saveFile', name: 'chart.png', encoding: 'base64', content: 'iVBORw==' }, report),
  );
  assert.deepEqual([...(await readFile(png.fsPath))], [0x89, 0x50, 0x4e, 0x47]);
});

test('a dismissed dialog writes nothing and says nothing', async () => {
  const shown = await asPerson({}, () =>
    saveFile({ type: 'saveFile', name: 'x.csv', encoding: 'utf8', content: 'a' }, report),
  );
  assert.deepEqual(shown.messages, []);
});
