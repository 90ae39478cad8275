import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ReportImages } from '../../src/extension/reportImages.ts';
import type { Report } from '../../src/protocol/report.ts';
import { test } from './harness.ts';
import { asPerson } from './person.ts';
import { readReportOf, writeReport } from './reports.ts';
import { untrusted } from './workspace.ts';

test('a report shows images that it names, that lie in its data set and that are there', async () => {
  const { report, uri } = await withExamples(['000001.jpg', '999999.jpg', '../README.md', '../x.jpg']);
  const images = await ReportImages.of(report, uri);
  assert.deepEqual(
    images.roots.map(({ fsPath }) => fsPath),
    [vscode.Uri.joinPath(uri, '..', report.inputs.dataset.root).fsPath],
  );
  const asked = ['000001.jpg', '000002.jpg', '999999.jpg', '../README.md', '../x.jpg'];
  const [shown, ...others] = await images.thumbnails(asked, webview);
  assert.match(shown!.uri ?? '', /\/000001\.jpg$/);
  assert.deepEqual(
    others,
    asked.slice(1).map((image) => ({ image, uri: null })),
  );
  assert.equal(images.fileOf('000002.jpg'), null);
  assert.match(images.fileOf('000001.jpg')?.path ?? '', /\/000001\.jpg$/);
});

test('without trust, without its data set or without examples a report shows no image', async () => {
  const { report, uri } = await withExamples(['000001.jpg']);
  const shows = async (shown: Report | null) => {
    const images = await ReportImages.of(shown, uri);
    const [thumbnail] = await images.thumbnails(['000001.jpg'], webview);
    return { roots: images.roots.length, uri: thumbnail!.uri, file: images.fileOf('000001.jpg') };
  };
  const nothing = { roots: 0, uri: null, file: null };
  await untrusted(async () => assert.deepEqual(await shows(report), nothing));
  const { inputs, results } = report;
  const moved = { ...inputs, dataset: { ...inputs.dataset, root: '../gone' } };
  assert.deepEqual(await shows({ ...report, inputs: moved }), nothing);
  assert.deepEqual(await shows({ ...report, results: { ...results, verification: [] } }), nothing);
  assert.deepEqual(await shows(null), nothing);
});

/** Of the webview, only what is asked of it. */
const webview = { asWebviewUri: (uri: vscode.Uri) => uri } as vscode.Webview;

/** The sample's own report, but for the images of its worst pairs. */
async function withExamples(images: readonly string[]): Promise<{ report: Report; uri: vscode.Uri }> {
  let found: { report: Report; uri: vscode.Uri } | undefined;
  await asPerson({}, async () => {
    const uri = await writeReport('verifyModel');
    found = { report: await readReportOf(uri), uri };
  });
  assert.ok(found);
  const { report, uri } = found;
  const [first] = report.results.verification;
  assert.ok(first);
  const worstMatched = images.map((image) => ({ left: image, right: image, distance: 1 }));
  const verification = [{ ...first, worstMatched, worstUnmatched: [] }];
  return { report: { ...report, results: { ...report.results, verification } }, uri };
}
