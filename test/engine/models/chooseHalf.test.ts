import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../../src/domain/appError.ts';
import { chooseHalf, type HalfChoice } from '../../../src/models/chooseHalf.ts';
import { profileOf } from '../../../src/models/inspectModel.ts';
import { prepareModel, type PreparedModel } from '../../../src/models/prepareModel.ts';
import { probePixels, type Trial, tryProvider } from '../../../src/models/providerTrial.ts';
import { quantisedNet, smallConvNet } from '../../support/onnxNets.ts';

const rows = 4;
const model = smallConvNet({ width: 16, height: 16 });
const prepared = prepareModel(model, profileOf(model, 'net.onnx', { path: '' }));
const pixels = probePixels(prepared.profile.preprocessing, rows, 1);
const run = (form: PreparedModel): Promise<Trial> => tryProvider(form, 'cpu', pixels, rows);

/** The CPU stands in for a GPU: it runs both precisions for real. */
async function choose(change: Partial<HalfChoice> = {}) {
  const [single, cpu] = [await run(prepared), await run(prepared)];
  const released: string[] = [];
  const watched: Trial = {
    ...single,
    session: {
      run: (feeds) => single.session.run(feeds),
      release: () => {
        released.push('single');
        return single.session.release();
      },
    },
  };
  const chosen = await chooseHalf({
    model,
    single: { prepared, trial: watched },
    provider: 'webgpu',
    cpu,
    attempt: run,
    speed: (form) => Promise.resolve(form === prepared ? 100 : 180),
    ...change,
  });
  await cpu.session.release();
  await chosen.trial.session.release();
  return { ...chosen, released };
}

test('half precision is taken where it is faster and its embeddings agree', async () => {
  const { precision, agreement, note, released, trial } = await choose();
  assert.deepEqual([precision, released], ['half', ['single']]);
  assert.ok(agreement! > 0.9999 && agreement! < 1);
  assert.match(note.text, /half precision \(smallest cosine to the CPU (0\.9999|1\.0000)/);
  assert.ok(trial.result.embeddings instanceof Float32Array);
});

test('single precision stays where half is no faster', async () => {
  const { precision, agreement, note } = await choose({ speed: () => Promise.resolve(100) });
  assert.deepEqual([precision, agreement], ['single', null]);
  assert.match(note.text, /no faster on webgpu \(100\.0 images\/s against 100\.0\)/);
});

test('single precision stays where the embeddings would differ', async () => {
  const attempt = async (form: PreparedModel): Promise<Trial> => {
    const trial = await run(form);
    trial.result.embeddings[0]! += 10;
    return trial;
  };
  const { precision, note } = await choose({ attempt });
  assert.equal(precision, 'single');
  assert.match(note.text, /its embeddings would differ \(smallest cosine/);
});

test('single precision stays where the provider or the model does not take half, and on the CPU', async () => {
  const refusing = () => Promise.reject(new AppError('modelFailed', 'No shader-f16 here.'));
  assert.match(
    (await choose({ attempt: refusing })).note.text,
    /webgpu does not run it so \(No shader-f16 here\)/,
  );
  assert.match((await choose({ model: quantisedNet() })).note.text, /does not take half precision/);
  assert.match((await choose({ provider: 'cpu' })).note.text, /half precision is for GPUs/);
});
