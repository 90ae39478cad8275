import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlignmentMeans } from '../../../src/analyses/fieldAlignment.ts';
import { runMicroscale } from '../../../src/analyses/microscale.ts';
import { compareEnergies } from '../../../src/analyses/microscaleComparison.ts';
import type { MicroscaleOptions, MicroscaleOutcome } from '../../../src/analyses/microscaleOutcome.ts';
import { type CurveTable, CurveBuilder } from '../../../src/domain/curveTable.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import type { EmbeddingMatrix } from '../../../src/domain/embeddingMatrix.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { microscaleExpected, microscaleField } from '../../support/microscaleFixture.ts';

type Vector = readonly [x: number, y: number];

/** An identity: for each attribute its curves, each three points of the plane. */
type Person = Readonly<Record<string, readonly (readonly [Vector, Vector, Vector])[]>>;

const options: MicroscaleOptions = {
  metric: 'euclidean',
  neighbours: ['knn:1', 'all'],
  bootstraps: 400,
  seed: 1,
  meanWithin: 2,
  meanBetween: 8,
  threshold: 1.5,
};

function tableOf(people: Readonly<Record<string, Person>>): {
  curves: CurveTable;
  points: EmbeddingMatrix[];
} {
  const attributes = [...new Set(Object.values(people).flatMap((person) => Object.keys(person)))];
  const builder = new CurveBuilder(
    attributes,
    attributes.map(() => ['-', '0', '+']),
  );
  const points: EmbeddingMatrix[] = [];
  let first = 0;
  for (const [name, person] of Object.entries(people)) {
    builder.startIdentity(name, first);
    const rows: Vector[] = [];
    attributes.forEach((attribute, a) => {
      for (const [i, curve] of (person[attribute] ?? []).entries()) {
        builder.add(
          a,
          1000 * points.length + i,
          curve.map((point) => first + rows.push(point) - 1),
        );
      }
    });
    first += rows.length;
    points.push({ rows: rows.length, dim: 2, data: Float32Array.from(rows.flat()) });
  }
  return { curves: builder.build(first, 0), points };
}

function run(
  people: Readonly<Record<string, Person>>,
  changes: Partial<MicroscaleOptions> = {},
  diagnostics = new DiagnosticLog(),
): Promise<MicroscaleOutcome> {
  const { curves, points } = tableOf(people);
  return runMicroscale(
    { curves, embeddings: (identity) => Promise.resolve(points[identity]!) },
    { ...options, ...changes },
    {
      signal: new AbortController().signal,
      product: plainMatrixProduct,
      diagnostics,
      progress: () => undefined,
    },
  );
}

/** Base points 0, 1, 3, 7 on a line; vectors of length 2 at the given angles, half before and half after. */
function curvesAt(degrees: readonly number[]): readonly (readonly [Vector, Vector, Vector])[] {
  return degrees.map((angle, i) => {
    const x = [0, 1, 3, 7][i]!;
    const [dx, dy] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    return [
      [x - dx, -dy],
      [x, 0],
      [x + dx, dy],
    ];
  });
}

function close(value: number | null, expected: number): void {
  assert.ok(value !== null && Math.abs(value - expected) < 1e-6, `${value}, not ${expected}`);
}

const ann: Person = { light: curvesAt([0, 90, 90, 180]), age: curvesAt([10, 10, 10, 10]) };
const bob: Person = { light: curvesAt([0, 0, 0, 90]), age: curvesAt([50, 50, 50, 50]) };

test('two identities by hand: energies of each, their mean, and the steps', async () => {
  const { rules } = await run({ Ann: ann, Bob: bob });
  const [nearest, all] = rules;
  const row = (rule: typeof nearest, attribute: string, identity: string | null) =>
    rule!.rows.find((one) => one.attribute === attribute && one.identity === identity)!;
  // Nearest: 0→1, 1→0, 3→1, 7→3.
  close(row(nearest, 'light', 'Ann').energy, 0.75);
  close(row(nearest, 'light', 'Bob').energy, 0.25);
  close(row(nearest, 'light', null).energy, 0.5);
  // Ann: (4 + 2 + 2 + 4)/12; Bob: one of four is at right angles to the others, (1/3 + 1/3 + 1/3 + 1)/4.
  close(row(all, 'light', 'Ann').energy, 1);
  close(row(all, 'light', 'Bob').energy, 0.5);
  close(row(all, 'age', null).energy, 0);
  const mean = row(nearest, 'light', null);
  assert.deepEqual([mean.nIdentities, mean.nCurves, mean.moves, mean.reason], [2, 8, true, null]);
  close(mean.stepLength, 2);
  close(mean.stepOverWithin, 1);
  close(mean.stepOverBetween, 0.25);
  // Two identities drawn twice: their mean is one of 0.25, 0.5, 0.75.
  close(mean.ci![0], 0.25);
  close(mean.ci![1], 0.75);
});

test('an attribute that does nothing has no energy and says so', async () => {
  const still = curvesAt([0, 0, 0, 0]).map(([, base]) => [base, base, base] as const);
  const { rules, drawings } = await run({ Ann: { light: still }, Bob: bob });
  const rows = rules[0]!.rows.filter(({ attribute }) => attribute === 'light');
  const [mean, own] = rows;
  assert.deepEqual([own!.energy, own!.moves, own!.nStill, own!.stepLength], [null, false, 4, 0]);
  assert.match(own!.reason!, /^Does not move/);
  // The mean is over the one that moves; the step over both.
  close(mean!.energy, 0.25);
  assert.deepEqual([mean!.nIdentities, mean!.nStill, mean!.ci], [1, 4, null]);
  close(mean!.stepLength, 1);
  assert.ok(!drawings.some(({ identity, attribute }) => identity === 'Ann' && attribute === 'light'));
});

test('too few curves are said in numbers, and other rules go on', async () => {
  const { rules } = await run(
    { Ann: { light: ann['light']!.slice(0, 3) } },
    { neighbours: ['knn:3', 'all'] },
  );
  const own = rules.map(({ rows }) => rows.find(({ identity }) => identity === 'Ann')!);
  assert.equal(own[0]!.energy, null);
  assert.match(own[0]!.reason!, /Only 3 curves move; 4 are needed/);
  assert.ok(own[1]!.energy !== null);
});

test('a curve without one of its embeddings is left out and counted', async () => {
  const broken = [
    ...ann['light']!.slice(0, 3),
    [
      [7, 0],
      [7, 1],
      [Number.NaN, 0],
    ] as const,
  ];
  const diagnostics = new DiagnosticLog();
  const { rules } = await run({ Ann: { light: broken } }, {}, diagnostics);
  assert.equal(rules[0]!.rows.find(({ identity }) => identity === 'Ann')!.nCurves, 3);
  assert.deepEqual(
    diagnostics.toArray().map(({ code, count, items }) => [code, count, items]),
    [['curveIncomplete', 1, ['light of Ann']]],
  );
});

test('attributes are tested against each other over identities', async () => {
  const people = Object.fromEntries(
    Array.from({ length: 6 }, (_, i): [string, Person] => [
      `p${i}`,
      { light: curvesAt([0, 40 + i, 90, 170 - i]), age: curvesAt([0, i, 2 * i, 3 * i]) },
    ]),
  );
  const { rules } = await run(people);
  const [found] = rules[0]!.tests;
  assert.equal(rules[0]!.tests.length, 1);
  assert.deepEqual([found!.a, found!.b, found!.nA, found!.nB, found!.u], ['light', 'age', 6, 6, 36]);
  // All of one above all of the other: two of 924 orders.
  close(found!.p, 2 / 924);
  assert.equal(found!.pAdjusted, found!.p);
  assert.equal(found!.pHolm, found!.p);
});

test('segments: mean distances of their steps, and how many pass the threshold', async () => {
  const { retentions } = await run({ Ann: { light: ann['light']! } });
  const [retention] = retentions;
  assert.deepEqual(
    [retention!.attribute, retention!.steps, retention!.nCurves],
    ['light', ['-', '0', '+'], 4],
  );
  const expected = [
    [0, 1, 2],
    [1, 0, 1],
    [2, 1, 0],
  ];
  retention!.distances.forEach((line, i) => line.forEach((distance, j) => close(distance, expected[i]![j]!)));
  assert.deepEqual(retention!.beyond, [
    [0, 0, 1],
    [0, 0, 0],
    [1, 0, 0],
  ]);
  const without = await run({ Ann: { light: ann['light']! } }, { threshold: null });
  assert.equal(without.retentions[0]!.beyond, null);
});

test('a drawing has the base points in their plane, and the vectors as they point there', async () => {
  const { drawings } = await run({ Ann: { light: ann['light']! } });
  const [drawing] = drawings;
  close(drawing!.explained, 1);
  assert.equal(drawing!.arrows.length, 4);
  // On a line, so the first axis has all distances; its direction is a matter of sign.
  const xs = drawing!.arrows.map(([x]) => x);
  close(Math.abs(xs[3]! - xs[0]!), 7);
  close(Math.abs(drawing!.arrows[0]![2]), 1);
  close(Math.abs(drawing!.arrows[1]![2]), 0);
});

test('models are compared identity by identity', async () => {
  const first = await run({ Ann: ann, Bob: bob });
  const second = await run({ Ann: { ...ann, light: curvesAt([0, 0, 0, 0]) }, Bob: bob });
  const [light, age] = compareEnergies(first.rules[0]!, second.rules[0]!);
  // 0.75 less 0, and 0.25 less 0.25.
  close(light!.difference, 0.375);
  assert.equal(light!.nIdentities, 2);
  close(light!.ci[0], 0);
  close(light!.ci[1], 0.75);
  close(age!.difference, 0);
});

test('attributes are aligned as the reference says, paired by base point', () => {
  const { order, mean_paired_one_minus_cos: expected } = microscaleExpected.inter_attribute;
  const means = new AlignmentMeans(order);
  means.add(
    order.map((name) => {
      const field = microscaleField(name);
      return { ...field, basePoints: Int32Array.from({ length: field.n }, (_, row) => row), nBroken: 0 };
    }),
  );
  const { values, nCurves } = means.result();
  values.forEach((line, a) =>
    line.forEach((value, b) => {
      assert.ok(Math.abs(value! - expected[a]![b]!) < 1e-9, `${order[a]} and ${order[b]}: ${value}`);
      assert.equal(nCurves[a]![b], 400);
    }),
  );
});

test('attributes without a common base point are not compared', () => {
  const means = new AlignmentMeans(['a', 'b']);
  const field = microscaleField('aligned');
  const from = (first: number) => Int32Array.from({ length: field.n }, (_, row) => first + row);
  means.add([
    { ...field, basePoints: from(0), nBroken: 0 },
    { ...field, basePoints: from(1000), nBroken: 0 },
  ]);
  assert.equal(means.result().values[0]![1], null);
});

test('base points with the same embedding are counted, since they have no inverse distance', async () => {
  const twins = [...curvesAt([0, 90, 90]), curvesAt([30])[0]!];
  const diagnostics = new DiagnosticLog();
  await run({ Ann: { light: twins } }, { neighbours: ['inverse'] }, diagnostics);
  assert.deepEqual(
    diagnostics.toArray().map(({ code, count, items }) => [code, count, items]),
    [['basePointsTwin', 1, ['light of Ann']]],
  );
});
