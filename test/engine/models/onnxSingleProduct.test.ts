import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { ortSingleProduct } from '../../../src/models/onnxSingleProduct.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { plainSingleProduct, singleRounding } from '../../../src/numerics/singleMatrixProduct.ts';

test('products in single precision are within their bound of exact ones, in order and in place', async () => {
  const random = new SeededRandom(3);
  const [m, n, k] = [37, 53, 129];
  const a = new Float32Array(m * k).map(() => random.nextNormal());
  const b = new Float32Array(n * k).map(() => random.nextNormal());
  const absolute = (values: Float32Array) => Float64Array.from(values, Math.abs);
  const exact = await plainMatrixProduct.timesTransposed(Float64Array.from(a), Float64Array.from(b), m, n, k);
  const bound = await plainMatrixProduct.timesTransposed(absolute(a), absolute(b), m, n, k);
  for (const product of [ortSingleProduct(), ortSingleProduct({ threads: 1 }), plainSingleProduct]) {
    const out = new Float32Array(m * n + 3).fill(7);
    await product.timesTransposed(a, b, m, n, k, out);
    assert.ok(
      exact.every((value, at) => Math.abs(out[at]! - value) <= (k + 1) * singleRounding * bound[at]!),
    );
    assert.deepEqual([...out.subarray(m * n)], [7, 7, 7]);
  }
});

test('a product of nothing is zero', async () => {
  const out = new Float32Array(4).fill(5);
  await ortSingleProduct({ threads: 1 }).timesTransposed(
    new Float32Array(0),
    new Float32Array(0),
    1,
    3,
    0,
    out,
  );
  assert.deepEqual([...out], [0, 0, 0, 5]);
});

test('sizes that do not fit are refused with what was given', async () => {
  await assert.rejects(
    ortSingleProduct({ threads: 1 }).timesTransposed(
      new Float32Array(6),
      new Float32Array(3),
      2,
      2,
      3,
      new Float32Array(4),
    ),
    (error) => isAppError(error, 'numericsInvalid') && error.message.includes('got 6 and 3 values'),
  );
});
