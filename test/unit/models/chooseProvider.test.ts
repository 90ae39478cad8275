import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError, isAppError } from '../../../src/domain/appError.ts';
import type { Provider, RequestedProvider } from '../../../src/domain/provider.ts';
import { chooseProvider } from '../../../src/models/chooseProvider.ts';
import { agreement, type Trial } from '../../../src/models/providerTrial.ts';

const right = [3, 4];
const wrong = [4, 3];
const missing = new AppError('providerUnavailable', 'No such device.');

test('the first provider that runs nodes and agrees is taken, and the CPU is released', async () => {
  const { choice, released } = await choose('auto', { cuda: missing, webgpu: [0.9, right] });
  assert.deepEqual(choice.record, {
    requested: 'auto',
    ran: 'webgpu',
    nodeShare: 0.9,
    agreement: 1,
    refused: [{ provider: 'cuda', reason: 'No such device.' }],
  });
  assert.deepEqual([choice.notes, released], [[], ['cpu']]);
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
  const { choice, released } = await choose('auto', { cuda: missing, webgpu: missing });
  const { ran, nodeShare, agreement, refused } = choice.record;
  assert.deepEqual([ran, nodeShare, agreement, refused.length], ['cpu', 1, null, 2]);
  assert.deepEqual([choice.notes, released], [[], []]);
});

test('a runtime that does not load is no refusal', async () => {
  const broken = new AppError('nativeModuleMissing', 'ONNX Runtime does not load.');
  await assert.rejects(choose('cuda', { cuda: broken }), (error) => isAppError(error, 'nativeModuleMissing'));
});

type Behaviour = AppError | readonly [nodeShare: number, embedding: readonly number[]];

async function choose(requested: RequestedProvider, behaviours: Partial<Record<Provider, Behaviour>>) {
  const released: Provider[] = [];
  const trial = (provider: Provider, nodeShare: number, embedding: readonly number[]): Trial => ({
    rows: 1,
    nodeShare,
    result: { embeddings: Float32Array.from(embedding), norms: null, dim: 2 },
    session: {
      run: () => Promise.reject(new Error('not run here')),
      release: () => {
        released.push(provider);
        return Promise.resolve();
      },
    },
  });
  const choice = await chooseProvider({
    requested,
    candidates: [...(Object.keys(behaviours) as Provider[]), 'cpu'],
    cpu: trial('cpu', 1, right),
    attempt: (provider) => {
      const behaviour = behaviours[provider]!;
      if (behaviour instanceof AppError) return Promise.reject(behaviour);
      return Promise.resolve(trial(provider, ...behaviour));
    },
    agreement: (cpu, other) => agreement(cpu.result, other.result, 1),
    compared: 'embeddings',
  });
  return { choice, released };
}
