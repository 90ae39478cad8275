import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distancesAsCsv, pairDistancesAsCsv, peopleAsCsv, rocAsCsv } from '../../../webview-ui/csvCharts.ts';
import {
  alignmentAsCsv,
  drawingsAsCsv,
  energyDifferencesAsCsv,
  retentionAsCsv,
} from '../../../webview-ui/csvMicroscale.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { handReport } from '../../support/handReport.ts';
import { handVerification } from '../../support/handVerification.ts';
import { sampleReport } from '../../support/sampleReport.ts';

function linesOf(csv: string): string[][] {
  return csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('a chart of distances is saved bin by bin, of its attribute alone', () => {
  const [result] = handReport().results.macroscale;
  const distribution = result!.distributions[0]!;
  const [head, ...lines] = linesOf(distancesAsCsv(result!, distribution.attribute));
  assert.deepEqual(head?.slice(2, 5), ['attribute', 'distance_low', 'distance_high']);
  assert.equal(lines.length, distribution.cross.length);
  assert.deepEqual(
    lines.map((line) => Number(line[7])),
    distribution.cross,
  );
  assert.equal(Number(lines[0]![3]), distribution.min);
  assert.equal(Number(lines.at(-1)![4]), distribution.max);
});

test('histogram and curve of a verification are saved as the report holds them', () => {
  const result = handVerification();
  const bins = linesOf(pairDistancesAsCsv(result)).slice(1);
  assert.deepEqual(
    bins.map((line) => Number(line[4])),
    result.histograms.matched,
  );
  const points = linesOf(rocAsCsv(result)).slice(1);
  assert.deepEqual(
    points.map((line) => [Number(line[2]), Number(line[3])]),
    result.roc.map(({ far, tar }) => [far, tar]),
  );
});

test('people are saved by their number of images', () => {
  const { people } = sampleReport({ nAttributes: 1 }).results;
  const [head, ...lines] = linesOf(peopleAsCsv(people!));
  assert.deepEqual(head, ['n_images', 'n_identities']);
  assert.deepEqual(
    lines.map(([nImages, nIdentities]) => ({ nImages: Number(nImages), nIdentities: Number(nIdentities) })),
    people!.histogram,
  );
});

test('comparison, alignment, retention and arrows of fields are saved with every number', () => {
  const report = sampleReport({ nModels: 2, nAttributes: 2, microscale: true });
  const measured = viewReport(report, '', { section: 'microscale' }).microscale!.measured!;
  const { comparison, alignment, retention, drawings } = measured;
  const differences = linesOf(energyDifferencesAsCsv(measured, comparison!)).slice(1);
  assert.deepEqual(
    differences.map((line) => [line[3], Number(line[5])]),
    comparison!.rows.map(({ attribute, difference }) => [attribute, difference]),
  );
  assert.deepEqual(differences[0]!.slice(0, 3), [
    comparison!.model,
    comparison!.other,
    measured.result.neighbours,
  ]);
  const n = alignment!.attributes.length;
  assert.equal(linesOf(alignmentAsCsv(alignment!)).length, n * n + 1);
  const steps = linesOf(retentionAsCsv(retention!)).slice(1);
  assert.deepEqual(
    steps.map((line) => Number(line[4])),
    retention!.distances.flat(),
  );
  const arrows = drawings!.drawings.flatMap((drawing) => drawing.arrows);
  assert.deepEqual(
    linesOf(drawingsAsCsv(drawings!))
      .slice(1)
      .map((line) => line.slice(3, 7).map(Number)),
    arrows,
  );
});
