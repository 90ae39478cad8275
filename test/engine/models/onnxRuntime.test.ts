import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { onnxGraph, onnxModel, onnxNode, valueInfo } from '../../../src/models/onnxBuild.ts';
import type { TensorData } from '../../../src/models/onnxRuntime.ts';
import {
  OnnxSession,
  ortMatrixProduct,
  ortProductOn,
  runtimeVersion,
} from '../../../src/models/onnxRuntime.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { netBytes, smallConvNet } from '../../support/onnxNets.ts';

const typed: readonly (readonly ['uint8' | 'float32' | 'float64' | 'int64', TensorData])[] = [
  ['uint8', Uint8Array.of(0, 1, 255)],
  ['float32', Float32Array.of(0, -1.5, 3e38)],
  ['float64', Float64Array.of(0, -1.5, 1e300)],
  ['int64', BigInt64Array.of(0n, -1n, 2n ** 62n)],
];

for (const [type, data] of typed) {
  test(`${type} goes through a session unchanged, into a new or a given tensor`, async () => {
    const session = await OnnxSession.open(netBytes(identityModel(type)), { provider: 'cpu' });
    const fresh = await session.run({ x: { data, shape: [3] } });
    assert.deepEqual([fresh['y']?.data, fresh['y']?.shape], [data, [3]]);
    const target = data.map(() => data[0] as never);
    await session.run({ x: { data, shape: [3] } }, { y: { data: target, shape: [3] } });
    assert.deepEqual(target, data);
    await session.release();
  });
}

test('a profile says which provider ran each node, and leaves no file behind', async () => {
  const before = profileFolders();
  const session = await OnnxSession.open(netBytes(smallConvNet()), { provider: 'cpu', profile: true });
  await session.run({ image: { data: new Float32Array(3 * 32 * 32), shape: [1, 3, 32, 32] } });
  const work = await session.endProfile();
  assert.deepEqual(Object.keys(work), ['cpu']);
  const { executions, micros } = work.cpu!;
  assert.ok(executions >= 4, `${executions} nodes`);
  // More than a microsecond each: the profile's own times were read.
  assert.ok(micros > executions, `${micros} µs`);
  await assert.rejects(session.endProfile(), /not opened for profiling/);
  await session.release();
  assert.deepEqual(profileFolders(), before);
});

test('releasing a session under profile leaves no file behind either', async () => {
  const before = profileFolders();
  const session = await OnnxSession.open(netBytes(smallConvNet()), { provider: 'cpu', profile: true });
  await session.release();
  assert.deepEqual(profileFolders(), before);
});

test('an input of another shape is a failed model with the runtime’s reason', async () => {
  const session = await OnnxSession.open(netBytes(smallConvNet()), { provider: 'cpu' });
  await assert.rejects(
    session.run({ image: { data: new Float32Array(3), shape: [1, 3, 1, 1] } }),
    (error) => isAppError(error, 'modelFailed') && error.message.includes('invalid dimensions'),
  );
  await session.release();
});

test('bytes that are no model are a failed model', async () => {
  await assert.rejects(OnnxSession.open(new Uint8Array(100), { provider: 'cpu' }), (error) =>
    isAppError(error, 'modelFailed'),
  );
});

test('the version of the runtime is known', async () => {
  assert.match(await runtimeVersion(), /^\d+\.\d+\.\d+$/);
});

test('a product is exact where its numbers are small integers', async () => {
  // [1 2 3; 4 5 6] · [1 0 1; 0 1 0]ᵀ = [4 2; 10 5].
  const a = Float64Array.of(1, 2, 3, 4, 5, 6);
  const b = Float64Array.of(1, 0, 1, 0, 1, 0);
  assert.deepEqual(await ortMatrixProduct.timesTransposed(a, b, 2, 2, 3), Float64Array.of(4, 2, 10, 5));
});

// Blocks are 256 × 8192: one block, several rows of blocks, several columns of blocks.
for (const [m, n] of [
  [5, 7],
  [600, 30],
  [300, 8200],
] as const) {
  test(`a product of ${m} × ${n} equals the plain loops`, async () => {
    const k = 3;
    const random = new SeededRandom(2);
    const a = Float64Array.from({ length: m * k }, () => random.nextNormal());
    const b = Float64Array.from({ length: n * k }, () => random.nextNormal());
    const [actual, expected] = await Promise.all([
      ortMatrixProduct.timesTransposed(a, b, m, n, k),
      plainMatrixProduct.timesTransposed(a, b, m, n, k),
    ]);
    const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
    assert.ok(worst < 1e-14, `${worst}`);
  });
}

test('a product lies in the memory it is given, which may be longer, on one thread as on all', async () => {
  const random = new SeededRandom(3);
  const [m, n, k] = [300, 40, 7];
  const a = Float64Array.from({ length: m * k }, () => random.nextNormal());
  const b = Float64Array.from({ length: n * k }, () => random.nextNormal());
  const memory = new Float64Array(m * n + 5).fill(Number.NaN);
  const onAll = await ortMatrixProduct.timesTransposed(a, b, m, n, k);
  const actual = await ortProductOn({ threads: 1 }).timesTransposed(a, b, m, n, k, memory);
  assert.equal(actual.buffer, memory.buffer);
  assert.equal(actual.length, m * n);
  assert.ok(actual.every((value, i) => Math.abs(value - onAll[i]!) < 1e-14));
  assert.ok(memory.subarray(m * n).every(Number.isNaN));
  await assert.rejects(
    ortMatrixProduct.timesTransposed(a, b, m, n, k, memory.subarray(0, m * n - 1)),
    (error) => isAppError(error, 'numericsInvalid'),
  );
});

test('a product over no numbers is zero, also in memory that was not', async () => {
  const none = new Float64Array(0);
  const memory = Float64Array.of(1, 2, 3);
  assert.deepEqual(
    await ortMatrixProduct.timesTransposed(none, none, 1, 2, 0, memory),
    Float64Array.of(0, 0),
  );
});

test('a product of nothing is empty, and a wrong length is refused', async () => {
  const none = new Float64Array(0);
  assert.deepEqual(await ortMatrixProduct.timesTransposed(none, none, 0, 0, 4), none);
  await assert.rejects(ortMatrixProduct.timesTransposed(none, none, 1, 1, 1), (error) =>
    isAppError(error, 'numericsInvalid'),
  );
});

function identityModel(type: 'uint8' | 'float32' | 'float64' | 'int64') {
  const graph = onnxGraph({
    name: 'identity',
    nodes: [onnxNode('Identity', ['x'], ['y'])],
    inputs: [valueInfo('x', type, ['n'])],
    outputs: [valueInfo('y', type, ['n'])],
  });
  return onnxModel(graph, { opset: 13 });
}

function profileFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`attribute-lens-profile-${process.pid}-`));
}
