import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError, isAppError } from '../../../src/domain/appError.ts';
import type { Provider, RequestedProvider } from '../../../src/domain/provider.ts';
import { BatchLimit } from '../../../src/models/batchLimit.ts';
import { chooseProvider, type ProviderSpeeds } from '../../../src/models/chooseProvider.ts';
import { agreement, type Trial } from '../../../src/models/providerTrial.ts';

const right = [3, 4];
const wrong = [4, 3];
const missing = new AppError('providerUnavailable', 'No such device.');

test('a provider that runs nodes, agrees and is faster is taken, and the CPU is released', async () => {
  const { choice, released } = await choose('auto', { cuda: missing, webgpu: [0.9, right] });
  assert.deepEqual(choice.record, {
    requested: 'auto',
    ran: 'webgpu',
    nodeShare: 0.9,
    nodeTimeShare: 0.9,
    agreement: 1,
    refused: [{ provider: 'cuda', reason: 'No such device.' }],
  });
  assert.deepEqual(released, ['cpu']);
});

test('a provider with other embeddings is refused loudly, released, and the next one is tried', async () => {
  const { choice, released } = await choose('auto', { cuda: [1, wrong], webgpu: [1, right] });
  assert.equal(choice.record.ran, 'webgpu');
  assert.match(choice.record.refused[0]?.reason ?? '', /differ from the CPU's \(smallest cosine 0\.960000\)/);
  assert.deepEqual(
    choice.notes.map(({ code }) => code),
    ['providerDisagrees'],
  );
  assert.deepEqual(released, ['cuda', 'cpu']);
});

test('a provider whose embeddings are not finite is refused', async () => {
  const { choice } = await choose('auto', { cuda: [1, [NaN, 4]] });
  assert.equal(choice.record.ran, 'cpu');
});

test('a provider on which the profile saw no node did not run, whatever it gave', async () => {
  const { choice } = await choose('dml', { dml: [0, right] });
  assert.equal(choice.record.ran, 'cpu');
  assert.match(choice.record.refused[0]?.reason ?? '', /saw no node/);
  assert.deepEqual(
    choice.notes.map(({ code }) => code),
    ['providerFellBack'],
  );
});

test('with all refused the CPU runs; auto finds that no cause for a note', async () => {
  const { choice, released } = await choose('auto', { dml: missing, webgpu: missing });
  const { ran, nodeShare, agreement, refused } = choice.record;
  assert.deepEqual([ran, nodeShare, agreement, refused.length], ['cpu', 1, null, 2]);
  assert.deepEqual([choice.notes, released], [[], []]);
});

test('a runtime that does not load is no refusal', async () => {
  const broken = new AppError('nativeModuleMissing', 'ONNX Runtime does not load.');
  await assert.rejects(choose('cuda', { cuda: broken }), (error) => isAppError(error, 'nativeModuleMissing'));
});

test('under auto the fastest of those that agree is taken, and the speeds are remembered', async () => {
  const { choice, released, remembered } = await choose(
    'auto',
    { cuda: [1, right], webgpu: [1, right] },
    { cpu: 20, cuda: 300, webgpu: 900 },
  );
  assert.equal(choice.record.ran, 'webgpu');
  assert.deepEqual(choice.record.refused, [
    { provider: 'cuda', reason: 'it is slower here: 300 images/s against 900 on webgpu.' },
  ]);
  assert.deepEqual(released, ['cuda', 'cpu']);
  assert.deepEqual(remembered, [{ cpu: 20, cuda: 300, webgpu: 900 }]);
});

test('auto never takes a provider that is slower than the CPU', async () => {
  const { choice, released } = await choose('auto', { webgpu: [1, right] }, { cpu: 20, webgpu: 0.5 });
  const { ran, agreement, refused } = choice.record;
  assert.deepEqual([ran, agreement, released], ['cpu', null, ['webgpu']]);
  assert.deepEqual(refused, [
    { provider: 'webgpu', reason: 'it is slower here: 0.5 images/s against 20 on cpu.' },
  ]);
});

test('a provider asked for by name is taken though it is slower, and is not measured', async () => {
  const { choice, remembered } = await choose('webgpu', { webgpu: [1, right] }, { cpu: 20, webgpu: 0.5 });
  assert.deepEqual([choice.record.ran, remembered], ['webgpu', []]);
});

test('what was the fastest is proven alone the next time, without a new measurement', async () => {
  const { choice, attempted, remembered } = await choose(
    'auto',
    { cuda: [1, right], webgpu: [1, right] },
    {},
    { cpu: 20, webgpu: 900 },
  );
  assert.deepEqual([choice.record.ran, attempted, remembered], ['webgpu', ['webgpu'], []]);
  assert.match(choice.record.refused[0]!.reason, /did not run this model when it was tried here before/);
});

test('where the CPU was the fastest no other provider is tried', async () => {
  const { choice, attempted } = await choose('auto', { webgpu: [1, right] }, {}, { cpu: 20, webgpu: 4 });
  assert.deepEqual([choice.record.ran, attempted], ['cpu', []]);
});

test('where the remembered one gives wrong numbers now, all are tried and measured anew', async () => {
  const { choice, attempted, remembered } = await choose(
    'auto',
    { cuda: [1, right], webgpu: [1, wrong] },
    { cpu: 20, cuda: 300 },
    { cpu: 20, cuda: 300, webgpu: 900 },
  );
  assert.deepEqual([choice.record.ran, attempted], ['cuda', ['webgpu', 'cuda', 'webgpu']]);
  assert.deepEqual(remembered, [{ cpu: 20, cuda: 300 }]);
});

test('an NVIDIA device that CUDA does not use is told, since its owner wants to know', async () => {
  const { choice } = await choose('auto', { cuda: missing });
  assert.deepEqual(
    choice.notes.map(({ code }) => code),
    ['providerFellBack'],
  );
});

type Behaviour = AppError | readonly [nodeShare: number, embedding: readonly number[]];

async function choose(
  requested: RequestedProvider,
  behaviours: Partial<Record<Provider, Behaviour>>,
  speeds: ProviderSpeeds = {},
  known: ProviderSpeeds | null = null,
) {
  const released: Provider[] = [];
  const attempted: Provider[] = [];
  const remembered: ProviderSpeeds[] = [];
  const providerOf = new Map<Trial, Provider>();
  const trial = (provider: Provider, nodeShare: number, embedding: readonly number[]): Trial => {
    const made: Trial = {
      rows: 1,
      limit: new BatchLimit(1),
      nodeShare,
      nodeTimeShare: nodeShare,
      result: { embeddings: Float32Array.from(embedding), norms: null, dim: 2 },
      session: {
        run: () => Promise.reject(new Error('not run here')),
        release: () => {
          released.push(provider);
          return Promise.resolve();
        },
      },
    };
    providerOf.set(made, provider);
    return made;
  };
  const choice = await chooseProvider({
    requested,
    candidates: [...(Object.keys(behaviours) as Provider[]), 'cpu'],
    cpu: trial('cpu', 1, right),
    attempt: (provider) => {
      attempted.push(provider);
      const behaviour = behaviours[provider]!;
      if (behaviour instanceof AppError) return Promise.reject(behaviour);
      return Promise.resolve(trial(provider, ...behaviour));
    },
    agreement: (cpu, other) => agreement(cpu.result, other.result, 1),
    compared: 'embeddings',
    speed: (one) => Promise.resolve(speeds[providerOf.get(one)!] ?? (providerOf.get(one) === 'cpu' ? 1 : 10)),
    memory: {
      speeds: known,
      rememberSpeeds: (measured) => {
        remembered.push(measured);
        return Promise.resolve();
      },
    },
  });
  return { choice, released, attempted, remembered };
}
