import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EnergyValidation, validateEnergy } from '../../../src/analyses/energyValidation.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { ortMatrixProduct } from '../../../src/models/onnxRuntime.ts';
import { vonMisesFisherEnergy } from '../../../src/numerics/vonMisesFisher.ts';

const context = () => ({
  signal: new AbortController().signal,
  product: ortMatrixProduct,
  progress: () => undefined,
});
const rows = await validateEnergy(1, context());
const of = (field: EnergyValidation['field']) => rows.filter((row) => row.field === field);

test('von Mises-Fisher fields have the analytic energy under every rule, within four standard errors', () => {
  assert.equal(of('vonMisesFisher').length, 5 * 4);
  for (const { dim, kappa, measured, analytic, z } of of('vonMisesFisher')) {
    assert.equal(analytic, vonMisesFisherEnergy(dim, kappa!));
    assert.ok(Math.abs(z!) < 4, `κ ${kappa}: ${measured}, not ${analytic}`);
  }
});

test('fields of one direction, and of one direction in each cluster, have none', () => {
  for (const { measured, analytic, z } of [...of('aligned'), ...of('clustered'), ...of('linearAligned')]) {
    assert.equal(analytic, 0);
    assert.ok(measured! < 1e-8, String(measured));
    assert.equal(z, null);
  }
});

test('random directions have energy one, half of them a half', () => {
  for (const { z } of [...of('random'), ...of('halfMixed')]) assert.ok(Math.abs(z!) < 4, String(z));
});

test('an encoder that does not see what is moved does not move, and has no energy', () => {
  const [row] = of('linearInvariant');
  assert.deepEqual([row!.measured, row!.analytic, row!.standardError, row!.z], [null, null, null, null]);
});

test('the draws are those of the seed', async () => {
  assert.deepEqual(await validateEnergy(1, context()), rows);
  assert.notDeepEqual(await validateEnergy(2, context()), rows);
});

test('a cancel ends it', async () => {
  const controller = new AbortController();
  await assert.rejects(
    validateEnergy(1, {
      ...context(),
      signal: controller.signal,
      progress: (done) => {
        if (done === 2) controller.abort();
      },
    }),
    (error) => isAppError(error, 'cancelled'),
  );
});
