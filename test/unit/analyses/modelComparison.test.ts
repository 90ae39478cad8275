import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MacroscaleInput } from '../../../src/analyses/macroscaleOutcome.ts';
import { compareModels } from '../../../src/analyses/modelComparison.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { points, run } from '../../support/runMacroscale.ts';

/** 40 people, positives and negatives `apart` from each other; the noise is the same for every `apart`. */
function people(apart: number): MacroscaleInput {
  const random = new SeededRandom(4);
  const values = Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : -1));
  return points(
    values.map((value) => [random.nextNormal() + value * apart, random.nextNormal()]),
    values,
  );
}

const options = { metric: 'euclidean', bootstraps: 200 } as const;

test('a model is no different from itself: paired replicates leave no room', async () => {
  const outcome = await run(people(1), options);
  const rows = compareModels(outcome, outcome, new DiagnosticLog());
  assert.deepEqual(
    rows.map(({ attribute, modality, nIdentities, difference, ci }) => [
      attribute,
      modality,
      nIdentities,
      difference,
      ci,
    ]),
    [
      ['x', 'positive', 20, 0, [0, 0]],
      ['x', 'negative', 20, 0, [0, 0]],
    ],
  );
});

test('a model that parts the modalities is above one that does not, and the other way round below', async () => {
  const strong = await run(people(3), options);
  const weak = await run(people(0), options);
  const [row] = compareModels(strong, weak, new DiagnosticLog());
  const signed = (outcome: typeof strong): number => outcome.rows[0]!.sign * outcome.rows[0]!.ks;
  assert.equal(row!.difference, signed(strong) - signed(weak));
  assert.ok(
    row!.ci[0] > 0 && row!.ci[0] <= row!.difference && row!.difference <= row!.ci[1],
    row!.ci.join(', '),
  );
  const [back] = compareModels(weak, strong, new DiagnosticLog());
  assert.equal(back!.difference, -row!.difference);
  assert.ok(back!.ci[1] < 0);
});

test('an attribute whose sample differs between the models is left out, and named', async () => {
  const input = people(1);
  const data = input.embeddings.data.slice();
  data.fill(0, 0, 2);
  const other = await run({ ...input, embeddings: { ...input.embeddings, data } }, options);
  const diagnostics = new DiagnosticLog();
  assert.deepEqual(compareModels(await run(input, options), other, diagnostics), []);
  assert.deepEqual(
    diagnostics.toArray().map(({ code, items }) => [code, items]),
    [['comparisonRowsDiffer', ['x']]],
  );
});

test('without replicates nothing is compared', async () => {
  const outcome = await run(people(1), { metric: 'euclidean' });
  assert.deepEqual(compareModels(outcome, outcome, new DiagnosticLog()), []);
});
