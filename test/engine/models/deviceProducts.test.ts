import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../../src/domain/appError.ts';
import {
  doubleCandidate,
  openDeviceProducts,
  proveProduct,
  singleCandidate,
} from '../../../src/models/deviceProducts.ts';
import { OnnxSession, ortMatrixProduct } from '../../../src/models/onnxRuntime.ts';
import { ortSingleProduct } from '../../../src/models/onnxSingleProduct.ts';
import type { WorkByProvider } from '../../../src/models/providerProfile.ts';

/** The CPU's own products under another name, `change`d, and seen by the profile as `shares`. */
function device(
  change: (values: Float64Array | Float32Array) => void = () => undefined,
  work: WorkByProvider = { cuda: { executions: 1, micros: 1 } },
) {
  let released = 0;
  const open = async (model: Uint8Array) => {
    const session = await OnnxSession.open(model, { provider: 'cpu' });
    return {
      run: async (...args: Parameters<OnnxSession['run']>) => {
        const result = await session.run(...args);
        // Written in place.
        change(args[1]!['Y']!.data as Float64Array);
        return result;
      },
      endProfile: () => Promise.resolve(work),
      release: () => {
        released++;
        return session.release();
      },
    };
  };
  return { open, released: () => released };
}

/** Runs on the device last so long, on the CPU so long: the two are timed one after another, the device first. */
function clock(deviceMs: number, cpuMs: number): () => number {
  let at = 0;
  let looks = 0;
  return () => {
    // The first runs are long enough for one measurement each.
    const ms = looks < 2 ? deviceMs : cpuMs;
    if (looks % 2 === 1) at += ms;
    looks++;
    return at;
  };
}

const double = doubleCandidate(ortMatrixProduct);

test('products run on the device where they are seen there, agree, and are faster', async () => {
  const { open, released } = device();
  const outcome = await proveProduct(double, 'cuda', open, clock(500, 900));
  assert.ok(outcome.isTaken);
  assert.deepEqual(outcome.record, { ran: 'cuda', largestDifference: 0, refused: null });
  assert.equal(released(), 0);
  await outcome.session.release();
});

test('a device that is slower than the CPU is left', async () => {
  const { open, released } = device();
  const outcome = await proveProduct(double, 'cuda', open, clock(900, 450));
  assert.ok(!outcome.isTaken);
  assert.match(outcome.reason, /slower here: 0\.50 of the CPU's speed/);
  assert.equal(released(), 1);
});

test('a device whose products are short of precision is left: float32 for double, TF32 for float32', async () => {
  const rounded = device((values) => values.forEach((x, i) => (values[i] = Math.fround(x))));
  const asSingle = await proveProduct(double, 'cuda', rounded.open, clock(500, 900));
  assert.ok(!asSingle.isTaken && /differ from the CPU's by \d/.test(asSingle.reason));
  const tf32 = device((values) => values.forEach((x, i) => (values[i] = x + 1e-3)));
  const short = await proveProduct(singleCandidate(ortSingleProduct()), 'cuda', tf32.open, clock(500, 900));
  assert.ok(!short.isTaken && short.reason.includes('differ'));
});

test('values that are not numbers, a profile that saw nothing, and a session that does not open are reasons', async () => {
  const broken = device((values) => (values[0] = NaN));
  const nan = await proveProduct(double, 'cuda', broken.open, clock(500, 900));
  assert.ok(!nan.isTaken && nan.reason.includes('differ'));
  const unseen = device(undefined, { cpu: { executions: 1, micros: 1 } });
  const fallen = await proveProduct(double, 'cuda', unseen.open, clock(500, 900));
  assert.ok(!fallen.isTaken && fallen.reason.includes('saw no product on cuda'));
  const missing = await proveProduct(double, 'cuda', () =>
    Promise.reject(new AppError('providerUnavailable', 'No library.')),
  );
  assert.deepEqual(missing, { isTaken: false, reason: 'No library.' });
});

test('after a model on the CPU nothing else is tried', async () => {
  const products = await openDeviceProducts('cpu');
  const none = { ran: 'cpu', largestDifference: null, refused: null };
  assert.deepEqual(products.record, { double: none, single: none });
  await products.release();
});

test('where a provider is missing, the CPU multiplies and the record says why', async () => {
  const products = await openDeviceProducts('tensorrt');
  for (const { ran, refused } of [products.record.double, products.record.single]) {
    assert.equal(ran, 'cpu');
    assert.match(refused!, /tensorrt/);
  }
  const out = await products.double.timesTransposed(Float64Array.of(1, 2), Float64Array.of(3, 4), 1, 1, 2);
  assert.equal(out[0], 11);
  await products.release();
});
