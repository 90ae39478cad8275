import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { EngineClient } from '../../src/extension/engineClient.ts';
import { openRow } from '../../src/extension/openRow.ts';
import { ReportImages } from '../../src/extension/reportImages.ts';
import type { Job, JobResult } from '../../src/protocol/jobs.ts';
import type { Report } from '../../src/protocol/report.ts';
import { test } from './harness.ts';
import { asPerson } from './person.ts';
import { readReportOf, writeReport } from './reports.ts';
import { closeTabs } from './tabs.ts';
import { untrusted } from './workspace.ts';

test('a report shows images that it names, that lie in its data set and that are there', async () => {
  const { report, uri } = await withExamples(['000001.jpg', '999999.jpg', '../README.md', '../x.jpg']);
  const { images, jobs } = await imagesOf(report, uri);
  assert.deepEqual(
    images.roots.map(({ fsPath }) => fsPath),
    [vscode.Uri.joinPath(uri, '..', report.inputs.dataset.root).fsPath],
  );
  const asked = ['000001.jpg', '000002.jpg', '999999.jpg', '../README.md', '../x.jpg'];
  const { thumbnails, failure } = await images.thumbnails(asked, null, webview);
  assert.equal(failure, null);
  const [shown, ...others] = thumbnails;
  assert.match(shown!.uri ?? '', /\/000001\.jpg$/);
  assert.deepEqual(
    others,
    asked.slice(1).map((image) => ({ image, model: null, uri: null })),
  );
  assert.equal(images.fileOf('000002.jpg'), null);
  assert.match(images.fileOf('000001.jpg')?.path ?? '', /\/000001\.jpg$/);
  images.allow(['000002.jpg', '../x.jpg']);
  assert.match(images.fileOf('000002.jpg')?.path ?? '', /\/000002\.jpg$/);
  assert.equal(images.fileOf('../x.jpg'), null, 'whoever names it');
  assert.deepEqual(jobs, [], 'whole images need no engine');
});

test('without trust, without its data set or without examples a report shows no image, and says why', async () => {
  const { report, uri } = await withExamples(['000001.jpg']);
  const shows = async (shown: Report | null) => {
    const { images, jobs } = await imagesOf(shown, uri);
    const { thumbnails, failure } = await images.thumbnails(['000001.jpg'], 'a model', webview);
    assert.deepEqual(jobs, [], 'nobody is asked for what may not be shown');
    assert.deepEqual(thumbnails, [{ image: '000001.jpg', model: 'a model', uri: null }]);
    assert.equal(images.fileOf('000001.jpg'), null);
    return { roots: images.roots.length, failure };
  };
  await untrusted(async () => {
    const { roots, failure } = await shows(report);
    assert.equal(roots, 0);
    assert.match(failure ?? '', /trusted workspace only.*Trust this workspace/);
  });
  const { inputs, results } = report;
  const moved = { ...inputs, dataset: { ...inputs.dataset, root: '../gone' } };
  const { roots, failure } = await shows({ ...report, inputs: moved });
  assert.equal(roots, 0);
  assert.match(failure ?? '', /folder of the images, .*gone, is not there/);
  const unnamed = { ...results, verification: [], faces: [], extremes: [] };
  assert.equal((await shows({ ...report, results: unnamed })).failure, null);
  assert.deepEqual(await shows(null), { roots: 0, failure: null });
});

test('pictures as a model saw them come from the engine, in batches, once', async () => {
  const names = Array.from({ length: 60 }, (_, i) => `${String(i + 1).padStart(6, '0')}.jpg`);
  const { report, uri } = await withExamples(names);
  const { images, jobs } = await imagesOf(report, uri);
  assert.equal(jobs.length, 0, 'opening a report asks for nothing');
  const ask = (some: readonly string[]) => images.thumbnails(some, 'a model', webview);
  const [both, again] = await Promise.all([ask(names), ask(names.slice(0, 5))]);
  assert.deepEqual(
    both.thumbnails,
    names.map((image) => ({ image, model: 'a model', uri: `data:${image}` })),
  );
  assert.deepEqual(again.thumbnails, both.thumbnails.slice(0, 5));
  assert.deepEqual(
    jobs.map((job) => job.kind === 'crops' && [job.images.length, job.model, job.report]),
    [
      [50, 'a model', uri.fsPath],
      [10, 'a model', uri.fsPath],
    ],
  );
  await ask(names);
  assert.equal(jobs.length, 2);
  await images.thumbnails(['000001.jpg'], 'another', webview);
  assert.equal(jobs.length, 3);
});

test('where the engine fails there is no picture but the reason, and it is asked again', async () => {
  const { report, uri } = await withExamples(['000001.jpg']);
  let fails = true;
  const { images, jobs } = await imagesOf(report, uri, () => {
    if (fails) throw new Error('The engine is gone.');
  });
  const broken = await images.thumbnails(['000001.jpg'], 'a model', webview);
  assert.deepEqual([broken.thumbnails[0]!.uri, broken.failure], [null, 'The engine is gone.']);
  fails = false;
  const whole = await images.thumbnails(['000001.jpg'], 'a model', webview);
  assert.deepEqual([whole.thumbnails[0]!.uri, whole.failure], ['data:000001.jpg', null]);
  assert.equal(jobs.length, 2);
});

test('the row of an image is selected in the annotation file, beside', async () => {
  const { report, uri } = await withExamples(['000007.jpg']);
  const file = await annotationFile(uri, ['40', 'Glasses Hat', '000006.jpg  1 -1', '000007.jpg -1 -1', '']);
  try {
    const named = withAnnotations(report, path.relative(path.dirname(uri.fsPath), file));
    await openRow(named, uri, '000007.jpg');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, file);
    assert.equal(editor.document.getText(editor.selection), '000007.jpg -1 -1');
  } finally {
    await closeTabs();
    await rm(file);
  }
});

test('where the row cannot be shown it is said why, and without trust nothing opens', async () => {
  const { report, uri } = await withExamples(['000007.jpg']);
  const file = await annotationFile(uri, ['file,Hat', '000006.jpg,1', '']);
  const told = async (annotation: string | null, image = '000007.jpg') => {
    const { messages } = await asPerson({}, () => openRow(withAnnotations(report, annotation), uri, image));
    return messages.map(({ text }) => text).join();
  };
  try {
    const beside = path.relative(path.dirname(uri.fsPath), file);
    assert.match(await told(beside), /annotations\.csv has no row that names 000007\.jpg/);
    await closeTabs();
    assert.match(await told('gone.csv'), /gone\.csv is not there/);
    assert.match(await told('table.parquet'), /Parquet/);
    await untrusted(async () => assert.equal(await told(beside), ''));
    assert.equal(await told(null), '');
    // Larger than what the editor opens: the line is named instead.
    await writeFile(file, `file,Hat\n000007.jpg,1\n${'x'.repeat(51 * 1024 * 1024)}\n`);
    assert.match(await told(beside), /52 MB, more than the 50 MB .* 000007\.jpg is in line 2/);
    assert.equal(vscode.window.activeTextEditor, undefined);
  } finally {
    await closeTabs();
    await rm(file);
  }
});

/** Of the webview, only what is asked of it. */
const webview = { asWebviewUri: (uri: vscode.Uri) => uri } as vscode.Webview;

/** With an engine that gives each image its name; `before` may throw. */
async function imagesOf(report: Report | null, uri: vscode.Uri, before: () => void = () => undefined) {
  const jobs: Job[] = [];
  const client = {
    runJob: (job: Job): Promise<JobResult> => {
      jobs.push(job);
      return Promise.resolve().then((): JobResult => {
        before();
        assert.ok(job.kind === 'crops');
        return { kind: 'crops', crops: job.images.map((image) => ({ image, uri: `data:${image}` })) };
      });
    },
  };
  const services = {
    engine: () => Promise.resolve(client as unknown as EngineClient),
    log: { warn: () => undefined } as unknown as vscode.LogOutputChannel,
  };
  const images = await ReportImages.of(report, { services, uri, signal: new AbortController().signal });
  return { images, jobs };
}

async function annotationFile(uri: vscode.Uri, lines: readonly string[]): Promise<string> {
  const file = path.join(path.dirname(uri.fsPath), 'annotations.csv');
  await writeFile(file, lines.join('\n'));
  return file;
}

function withAnnotations(report: Report, file: string | null): Report {
  const { inputs } = report;
  return { ...report, inputs: { ...inputs, dataset: { ...inputs.dataset, annotationFile: file } } };
}

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
  const results = { ...report.results, verification, faces: [], extremes: [] };
  return { report: { ...report, results }, uri };
}
