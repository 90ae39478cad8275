import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jobOf } from '../../../src/cli/jobs.ts';
import { parseCommandLine } from '../../../src/cli/parseCommandLine.ts';
import { projectionSummary, projectionText } from '../../../src/cli/printProjection.ts';
import { sampleProjection } from '../../support/sampleProjection.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-cli-'));
after(() => rmSync(folder, { recursive: true }));

async function jobFor(...args: string[]) {
  const line = parseCommandLine(args);
  assert.ok(line.kind === 'run');
  return jobOf(line, folder);
}

test('`project` takes a report and writes beside it, by the settings’ defaults', async () => {
  const job = await jobFor('project', 'x.attrlens.json', '--store', 'cache');
  assert.deepEqual(job, {
    kind: 'project',
    report: join(folder, 'x.attrlens.json'),
    out: join(folder, 'x.projection.json'),
    storeFolder: join(folder, 'cache'),
    maxPoints: 50_000,
    neighbours: 15,
    minDistance: 0.1,
    seed: 1,
  });
});

test('flags say where to and how', async () => {
  const flags = [
    '--projection-points',
    '99',
    '--projection-neighbours',
    '5',
    '--projection-min-distance',
    '0.5',
  ];
  const job = await jobFor('project', 'x.attrlens.json', '--out', 'y.json', ...flags, '--seed', '7');
  assert.ok(job.kind === 'project');
  assert.deepEqual(
    [job.out, job.maxPoints, job.neighbours, job.minDistance, job.seed],
    [join(folder, 'y.json'), 99, 5, 0.5, 7],
  );
});

test('a projection is summed up without its points', () => {
  const projection = { ...sampleProjection({ nPoints: 100, nAttributes: 2 }), nImages: 120, nMissing: 3 };
  const { nPoints, nIdentities, attributes, models } = projectionSummary(projection);
  assert.deepEqual([nPoints, nIdentities, attributes.length, models[0]!.neighbours], [100, 5, 2, 15]);
  assert.equal(
    projectionText(projection),
    [
      '100 of 120 images; the embeddings of 3 more are not stored',
      'UMAP: 15 neighbours, minimum distance 0.1, 200 epochs, seed 1',
      `${models[0]!.model} (cosine): the first two principal components hold 8.1 % and 5.3 % of the variance`,
    ].join('\n'),
  );
});
