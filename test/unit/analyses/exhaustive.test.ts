import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ExhaustiveOptions,
  type ExhaustiveOutcome,
  runExhaustive,
} from '../../../src/analyses/exhaustive.ts';
import { type ExhaustivePoints, exhaustivePoints } from '../../../src/analyses/exhaustivePoints.ts';
import type { MacroscaleInput } from '../../../src/analyses/macroscaleOutcome.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { modalities } from '../../../src/domain/attributeColumn.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { metrics } from '../../../src/domain/embeddingMatrix.ts';
import { ksTwoSample } from '../../../src/numerics/ks.ts';
import { openPlainScanner } from '../../../src/numerics/pairScanner.ts';
import { probabilityOfSmaller } from '../../../src/numerics/rankSum.ts';
import { mean } from '../../../src/numerics/sums.ts';
import { crowd, defaults, inputOf } from '../../support/exhaustiveInput.ts';

async function run(input: MacroscaleInput, options: Partial<ExhaustiveOptions> = {}) {
  const diagnostics = new DiagnosticLog();
  const progress: (readonly [number, number])[] = [];
  const outcome = await runExhaustive(
    input,
    { ...defaults, ...options },
    {
      signal: new AbortController().signal,
      openScanner: openPlainScanner,
      diagnostics,
      progress: (done, total) => progress.push([done, total]),
    },
  );
  return {
    outcome,
    progress,
    diagnostics: diagnostics.toArray().map(({ code, items }) => [code, ...items]),
  };
}

/** All distances of the points, listed, from the same single-precision rows. */
function listedDistances(points: ExhaustivePoints, attribute: number, sameIdentity: 'exclude' | 'include') {
  const { n, dim, data, metric, identities } = points;
  const labels = points.labels[attribute]!;
  const lists = { positive: [] as number[], negative: [] as number[], cross: [] as number[] };
  const ownDim = metric === 'cosine' ? dim : dim - 2;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (sameIdentity === 'exclude' && identities[i] === identities[j]) continue;
      let dot = 0;
      let square = 0;
      for (let t = 0; t < ownDim; t++) {
        dot += data[i * dim + t]! * data[j * dim + t]!;
        square += (data[i * dim + t]! - data[j * dim + t]!) ** 2;
      }
      const d = metric === 'cosine' ? 1 - dot : Math.sqrt(square);
      const sum = labels[i]! + labels[j]!;
      if (sum === 2) lists.positive.push(d);
      else if (sum === -2) lists.negative.push(d);
      else if (sum === 0 && labels[i] !== 0) lists.cross.push(d);
    }
  }
  return {
    positive: Float64Array.from(lists.positive),
    negative: Float64Array.from(lists.negative),
    cross: Float64Array.from(lists.cross),
  };
}

test('four people in a plane computed by hand', async () => {
  // At 0°, 60°, 90° and 180°: within⁺ 1 − cos 60° = 0.5, within⁻ 1; cross 1, 2, 1 − cos 30°, 1.5.
  const near = 1 - Math.sqrt(3) / 2;
  const input = inputOf(
    [
      [1, 0],
      [0.5, Math.sqrt(3) / 2],
      [0, 2],
      [-3, 0],
    ],
    [0, 1, 2, 3],
    { A: [1, 1, -1, -1] },
  );
  const { outcome, progress, diagnostics } = await run(input);
  const [positive, negative] = outcome.rows;
  for (const row of outcome.rows) {
    assert.deepEqual([row.nImages, row.nIdentities, row.nWithin, row.nCross], [2, 2, 1, 4]);
    assert.ok(Math.abs(row.meanCross - (1 + 2 + near + 1.5) / 4) < 1e-7);
    assert.equal(row.pMethod, 'exact');
  }
  // Behind 0.5 all of within⁺ and a quarter of cross; behind 1 all of within⁻ and half of cross.
  assert.deepEqual(
    [positive!.ks, positive!.sign, positive!.cdfWithin, positive!.cdfCross],
    [0.75, 1, 1, 0.25],
  );
  assert.deepEqual([negative!.ks, negative!.sign, negative!.cdfWithin, negative!.cdfCross], [0.5, 1, 1, 0.5]);
  assert.ok(positive!.location >= 0.5 && positive!.location < 0.501);
  assert.ok(negative!.location >= 1 && negative!.location < 1.001);
  assert.deepEqual([positive!.auc, negative!.auc], [0.75, 0.625]);
  assert.ok(Math.abs(positive!.meanWithin - 0.5) < 1e-7);
  assert.equal(negative!.meanWithin, 1);
  const energy = (2 * (4.5 + near)) / 4 - 0.5 - 1;
  assert.ok(Math.abs(outcome.attributes[0]!.energyDistance - energy) < 1e-6);
  assert.deepEqual([outcome.attributes[0]!.ksMax, outcome.attributes[0]!.ksWeightedSum], [0.75, 2.5]);
  assert.equal(outcome.nPoints, 4);
  assert.deepEqual(progress.at(-1), [1000, 1000]);
  assert.deepEqual(diagnostics, []);
});

for (const metric of metrics) {
  for (const points of ['oneImage', 'centroids', 'everyImage'] as const) {
    for (const sameIdentity of ['exclude', 'include'] as const) {
      test(`against listed distances: ${metric}, ${points}, ${sameIdentity}`, async () => {
        const input = crowd(60);
        const options = { ...defaults, metric, points, sameIdentity };
        const chosen = exhaustivePoints(input, options, new DiagnosticLog());
        const coarse = await run(input, options);
        const fine = await run(input, { ...options, refinementPasses: 3 });
        assert.equal(fine.outcome.rows.length, 4);
        fine.outcome.rows.forEach((row, i) => {
          const lists = listedDistances(chosen, row.attribute === 'A' ? 0 : 1, sameIdentity);
          const exact = ksTwoSample(lists[row.modality], lists.cross);
          const rough = coarse.outcome.rows[i]!;
          assert.deepEqual([row.nWithin, row.nCross], [exact.nFirst, exact.nSecond]);
          assert.deepEqual([rough.nWithin, rough.nCross], [exact.nFirst, exact.nSecond]);
          assert.ok(rough.ks <= exact.statistic + 1e-12 && exact.statistic <= rough.ksUpper + 1e-12);
          assert.ok(rough.ksUpper - rough.ks < 0.05, `${rough.ks} to ${rough.ksUpper}`);
          assert.ok(Math.abs(row.ks - exact.statistic) < 1e-12, `${row.ks}, exactly ${exact.statistic}`);
          assert.ok(row.ksUpper >= row.ks && row.ksUpper - row.ks <= 1e-5);
          assert.equal(row.sign, exact.sign);
          assert.ok(Math.abs(row.location - exact.location) < 0.01);
          const within = lists[row.modality].toSorted();
          const auc = probabilityOfSmaller(within, lists.cross.toSorted());
          assert.ok(Math.abs(row.auc - auc) < 2e-3);
          const tolerance = metric === 'cosine' ? 2e-7 : 1e-3;
          assert.ok(Math.abs(row.meanWithin - mean(within)) < tolerance);
          assert.ok(Math.abs(row.meanCross - mean(lists.cross)) < tolerance);
          const centre = mean(lists.cross);
          const deviation = Math.sqrt(mean(lists.cross.map((d) => (d - centre) ** 2)));
          assert.ok(Math.abs(row.meanDifference! - (centre - mean(within)) / deviation) < 2e-3);
        });
      });
    }
  }
}

test('distributions count each pair once, in equal steps from the first to the last that holds one', async () => {
  const input = crowd(60);
  const { outcome } = await run(input, { sameIdentity: 'include' });
  const chosen = exhaustivePoints(input, defaults, new DiagnosticLog());
  const [distribution] = outcome.distributions;
  const lists = listedDistances(chosen, 0, 'include');
  const { min, max } = distribution!;
  for (const [counts, values] of [
    [distribution!.withinPositive, lists.positive],
    [distribution!.withinNegative, lists.negative],
    [distribution!.cross, lists.cross],
  ] as const) {
    const expected = new Array<number>(counts.length).fill(0);
    for (const d of values) expected[Math.floor(((d - min) / (max - min)) * counts.length)]!++;
    assert.deepEqual(counts, expected);
  }
  const everywhere = distribution!.cross.map(
    (count, i) => count + distribution!.withinPositive[i]! + distribution!.withinNegative[i]!,
  );
  assert.ok(everywhere[0]! > 0 && everywhere.at(-1)! > 0);
});

test('degenerate data are answered in words', async () => {
  const square = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  const oneIdentity = await run(inputOf(square, [0, 0, 0, 0], { A: [1, 1, -1, -1] }));
  assert.deepEqual(oneIdentity.diagnostics, [['modalityTooSmall', 'A']]);
  const empty = await run(inputOf(square, [0, 1, 2, 3], { A: [1, 1, 1, 0], B: [0, 0, 0, 0] }));
  assert.deepEqual(empty.diagnostics, [['modalityEmpty', 'A', 'B']]);
  const lonely = await run(inputOf(square, [0, 0, 2, 3], { A: [1, 1, -1, -1] }));
  assert.deepEqual(lonely.diagnostics, [['modalityTooSmall', 'A']]);
  for (const { outcome } of [oneIdentity, empty, lonely])
    assert.deepEqual([outcome.rows, outcome.attributes, outcome.distributions], [[], [], []]);
});

test('broken vectors are left out and named, the rest is analysed', async () => {
  const input = inputOf(
    [
      [1, 0],
      [0, 0],
      [0, 1],
      [Number.NaN, 1],
      [-1, 0],
      [0, -1],
    ],
    [0, 0, 1, 1, 2, 3],
    { A: [1, 1, 1, 1, -1, -1] },
  );
  const { outcome, diagnostics } = await run(input);
  assert.deepEqual(diagnostics, [['embeddingInvalid', 'image1', 'image3']]);
  assert.deepEqual(
    outcome.rows.map(({ nImages, nWithin, nCross }) => [nImages, nWithin, nCross]),
    [
      [2, 1, 4],
      [2, 1, 4],
    ],
  );
});

test('where all distances are equal, KS is 0, nothing is divided by the spread, and it is said', async () => {
  const identity = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, t) => Number(i === t)));
  for (const metric of metrics) {
    for (const vectors of [identity, identity.map(() => [3, 1, 0, 0, 0, 0])]) {
      const { outcome, diagnostics } = await run(
        inputOf(vectors, [0, 1, 2, 3, 4, 5], { A: [1, 1, 1, -1, -1, -1] }),
        { metric, refinementPasses: 2 },
      );
      assert.deepEqual(diagnostics, [['modalityDistancesEqual', 'A']]);
      for (const { ks, ksUpper, auc, meanDifference, pNaive } of outcome.rows)
        assert.deepEqual([ks, ksUpper, auc, meanDifference, pNaive], [0, 0, 0.5, null, 1]);
    }
  }
});

test('an abort ends the analysis with `cancelled`', async () => {
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(
    runExhaustive(crowd(20), defaults, {
      signal: controller.signal,
      openScanner: openPlainScanner,
      diagnostics: new DiagnosticLog(),
      progress: () => undefined,
    }),
    (error) => isAppError(error, 'cancelled'),
  );
});

test('progress rises and ends at its total, whatever the passes', async () => {
  for (const refinementPasses of [0, 1, 4]) {
    const { progress } = await run(crowd(30), { refinementPasses });
    const done = progress.map(([value]) => value);
    assert.deepEqual(
      done,
      done.toSorted((a, b) => a - b),
    );
    assert.deepEqual(progress.at(-1), [1000, 1000]);
  }
});

test('another attribute beside it changes nothing for an attribute', async () => {
  const input = crowd(40);
  const alone = await run({ ...input, attributes: input.attributes.slice(0, 1) });
  const both = await run(input);
  const ofA = ({ rows }: ExhaustiveOutcome) => rows.filter(({ attribute }) => attribute === 'A');
  assert.equal(ofA(both.outcome).length, modalities.length);
  assert.deepEqual(ofA(both.outcome), alone.outcome.rows);
});
