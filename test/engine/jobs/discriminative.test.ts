import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { analyze, smallStudy } from './smallStudy.ts';

test('what a linear classifier reads off the embedding is part of the macroscale analysis', async (t) => {
  const { job } = await smallStudy(t);
  const { results, inputs, heard } = await analyze(job({ discriminativeImages: 1000, seed: 7 }));
  const [only, ...others] = results.discriminative;
  assert.deepEqual(others, []);
  const { rows, ...settings } = only!;
  assert.deepEqual(settings, {
    model: inputs.models[0]!.name,
    inputs: 'raw',
    nFolds: 5,
    c: 1,
    maxImages: 1000,
    seed: 7,
  });
  assert.deepEqual(
    rows.map(({ attribute, nImages, nIdentities, nPositive, majority }) => [
      attribute,
      nImages,
      nIdentities,
      nPositive,
      majority,
    ]),
    [
      ['Warm', 24, 12, 12, 0.5],
      ['Smiling', 24, 12, 12, 0.5],
    ],
  );
  // Warm people lie far from cold ones, whoever they are.
  const perfect = { accuracy: 1, balancedAccuracy: 1, auc: 1, sd: 0 };
  assert.deepEqual([rows[0]!.stratified, rows[0]!.byIdentity, rows[0]!.leakage], [perfect, perfect, 0]);
  const updates = heard.progress.filter(({ phase }) => phase === 'analyze');
  updates.forEach(({ done }, i) => assert.ok(done >= (updates[i - 1]?.done ?? 0)));
  assert.equal(updates.at(-1)!.done, updates.at(-1)!.total);
  assert.equal(new Set(updates.map(({ total }) => total)).size, 1, 'one total from the beginning to the end');
});

test('it is left out where no images are wanted for it, or the macroscale analysis is not', async (t) => {
  const { job } = await smallStudy(t);
  assert.deepEqual((await analyze(job({ discriminativeImages: 0 }))).results.discriminative, []);
  const other = await analyze(job({ discriminativeImages: 1000, analyses: ['verification'] }));
  assert.deepEqual(other.results.discriminative, []);
});

test('a cancel in the midst of it ends the run', async (t) => {
  const { job } = await smallStudy(t);
  let updates = 0;
  const running = analyze(
    job({ discriminativeImages: 1000, confounders: 0 }),
    ({ phase, done, total }, controller) => {
      if (phase === 'analyze' && 2 * done >= total && updates++ === 1) controller.abort();
    },
  );
  await assert.rejects(running, (error) => isAppError(error) && error.code === 'cancelled');
});
