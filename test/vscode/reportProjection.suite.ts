import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AppError, cancelledError } from '../../src/domain/appError.ts';
import type { EngineClient } from '../../src/extension/engineClient.ts';
import { ReportProjection } from '../../src/extension/reportProjection.ts';
import type { Job } from '../../src/protocol/jobs.ts';
import type { HostMessage } from '../../src/protocol/webviewMessages.ts';
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { test } from './harness.ts';
import { untrusted } from './workspace.ts';

type Posted = Extract<HostMessage, { type: 'projection' }>;

const report = sampleReport({ nModels: 1, nAttributes: 3 });
const projection = sampleProjection({ report, nPoints: 40, nAttributes: 3 });
const nothing: Posted = { type: 'projection', projection: null, running: null, failure: null };

test('a projection beside the report is posted, its images allowed before; without one nothing is started', async () => {
  await atReport(async ({ file, told, shown }) => {
    await shown.request(report, false);
    assert.deepEqual(told.splice(0), ['allow 0', nothing]);
    await writeFile(file, JSON.stringify(projection));
    await shown.request(report, false);
    assert.deepEqual(told, ['allow 40', { ...nothing, projection }]);
    assert.deepEqual(shown.imageNames, projection.points.images);
  });
});

test('a projection of other data, of another model, or that is none, is not shown, and the page is told why', async () => {
  const [model] = projection.models;
  for (const [content, why] of [
    [{ ...projection, datasetDigest: 'other' }, /shows other data or another model/],
    [{ ...projection, models: [{ ...model!, sha256: 'other' }] }, /shows other data or another model/],
    [{ ...projection, points: {} }, /is no projection/],
  ] as const) {
    await atReport(async ({ file, told, shown }) => {
      await writeFile(file, JSON.stringify(content));
      await shown.request(report, false);
      assert.equal(told.length, 1);
      const [{ failure, projection: posted }] = told as [Posted];
      assert.equal(posted, null);
      assert.match(failure ?? '', why);
    });
  }
});

test('where it is asked for it is computed, once at a time, with progress in words and percent', async () => {
  await atReport(async ({ told, shown, engine }) => {
    engine.run = async (job, onEvent) => {
      assert.ok(job.kind === 'project');
      await shown.request(report, true);
      onEvent({ type: 'progress', jobId: 1, phase: 'analyze', done: 500, total: 1000, item: 'net' });
      await writeFile(job.out, JSON.stringify(projection));
      return { kind: 'project', projection: job.out };
    };
    await shown.request(report, true);
    const running = (told as Posted[]).flatMap((message) => message.running ?? []);
    assert.deepEqual(
      running.map(({ percent }) => percent),
      [0, 0, 50],
    );
    assert.match(running[2]!.message, /500/);
    assert.equal(engine.nRuns, 1);
    assert.deepEqual(told.at(-1), { ...nothing, projection });
  });
});

test('a failure is told as a sentence; after a cancel what was there is shown again', async () => {
  await atReport(async ({ file, told, shown, engine }) => {
    engine.run = () => Promise.reject(new AppError('embeddingsInvalid', 'Run the analysis again.'));
    await shown.request(report, true);
    assert.deepEqual(told.splice(0).at(-1), { ...nothing, failure: 'Run the analysis again.' });
    await writeFile(file, JSON.stringify(projection));
    engine.run = () => Promise.reject(cancelledError());
    await shown.request(report, true);
    assert.deepEqual(told.at(-1), { ...nothing, projection });
  });
});

test('without trust nothing is computed', async () => {
  await atReport(async ({ told, shown, engine }) => {
    await untrusted(() => shown.request(report, true));
    assert.match((told.at(-1) as Posted).failure ?? '', /trust this workspace/);
    assert.equal(engine.nRuns, 0);
  });
});

interface FakeEngine {
  nRuns: number;
  run: (
    job: Job,
    onEvent: Parameters<EngineClient['runJob']>[1]['onEvent'],
  ) => ReturnType<EngineClient['runJob']>;
}

interface AtReport {
  /** Of the projection. */
  readonly file: string;
  readonly told: (Posted | string)[];
  readonly shown: ReportProjection;
  readonly engine: FakeEngine;
}

async function atReport(body: (at: AtReport) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  const log = vscode.window.createOutputChannel('Projection of a test', { log: true });
  const told: (Posted | string)[] = [];
  const engine: FakeEngine = {
    nRuns: 0,
    run: () => Promise.reject(new Error('Nobody asked for a job.')),
  };
  const client = {
    runJob: (job: Job, { onEvent }: Parameters<EngineClient['runJob']>[1]) => {
      engine.nRuns++;
      return engine.run(job, onEvent);
    },
  } as unknown as EngineClient;
  try {
    const shown = new ReportProjection({
      services: {
        engine: () => Promise.resolve(client),
        log,
        extensionUri: vscode.Uri.file(folder),
        cudaFolder: folder,
      },
      uri: vscode.Uri.file(join(folder, 'x.attrlens.json')),
      allow: (names) => told.push(`allow ${names.length}`),
      post: (message) => Promise.resolve(void told.push(message)),
    });
    await body({ file: join(folder, 'x.projection.json'), told, shown, engine });
  } finally {
    log.dispose();
    await rm(folder, { recursive: true });
  }
}
