import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import type { ModelOverride } from '../../../src/domain/preprocessing.ts';
import type { Progress } from '../../../src/domain/progress.ts';
import type { RequestedProvider } from '../../../src/domain/provider.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { float32Tensor, onnxNode } from '../../../src/models/onnxBuild.ts';
import type { OnnxModel } from '../../../src/models/onnxProto.ts';
import type { ModelInspection } from '../../../src/protocol/jobs.ts';
import { scrfdNet } from '../../support/detectorNets.ts';
import { familyNet } from '../../support/familyNets.ts';
import {
  netBytes,
  normOutputNet,
  outputsNet,
  pixelRevealingNet,
  quantisedNet,
  smallConvNet,
} from '../../support/onnxNets.ts';
import { type Heard, listeningContext } from './smallStudy.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-inspect-'));
after(() => rmSync(folder, { recursive: true }));

test('a model is described, tried on drawn faces and timed at each batch size', async () => {
  const net = familyNet({ side: 112, dim: 512, prelu: true });
  const found = await inspect(net);
  const bytes = netBytes(net);
  assert.deepEqual(
    [found.name, found.nBytes, found.sha256],
    ['net', bytes.length, createHash('sha256').update(bytes).digest('hex')],
  );
  assert.deepEqual([found.profile.family, found.licenceNote, found.notes], ['arcface', null, []]);
  assert.deepEqual([found.opset, found.outputs[0]?.shape], [13, ['N', 512]]);
  assert.deepEqual(
    found.speed.map(({ provider, batchSize, agreement }) => [provider, batchSize, agreement]),
    [
      ['cpu', 1, null],
      ['cpu', 8, null],
      ['cpu', 32, null],
    ],
  );
  assert.ok(found.speed.every(({ imagesPerSecond }) => imagesPerSecond > 0));
  const { selfTest } = found;
  assert.deepEqual(
    [selfTest.nFaces, selfTest.dim, selfTest.nNotFinite, selfTest.isConstant],
    [36, 512, 0, false],
  );
  // Pixels between −1 and 1, 512 of them.
  assert.ok(selfTest.norm!.min > 0 && selfTest.norm!.max <= Math.sqrt(512));
  assert.deepEqual(JSON.parse(JSON.stringify(found)), found, 'nothing that JSON would lose');
});

test('a net that keeps what it sees tells the drawn people apart', async () => {
  const { selfTest } = await inspect(smallConvNet({ width: 112, height: 112, dim: 64 }));
  assert.ok(selfTest.meanWithin! < selfTest.meanBetween!, JSON.stringify(selfTest));
  assert.deepEqual([selfTest.passed, selfTest.problems], [true, []]);
});

test('settings of the model hold: flip, channels and name', async () => {
  const { name, profile, selfTest } = await inspect(smallConvNet(), {
    name: 'mine',
    channels: 'BGR',
    flip: true,
  });
  assert.deepEqual([name, profile.preprocessing.channels, profile.flip], ['mine', 'BGR', true]);
  // The sum of two views is twice as long; its norm is not.
  const plain = await inspect(smallConvNet(), { channels: 'BGR' });
  const ratio = selfTest.norm!.mean / plain.selfTest.norm!.mean;
  assert.ok(ratio > 0.8 && ratio <= 1.001, String(ratio));
});

test('a constant output fails the self-test', async () => {
  const { selfTest } = await inspect(scaledNet(0, 1));
  assert.deepEqual(
    [selfTest.isConstant, selfTest.passed, selfTest.problems],
    [true, false, ['All faces give the same vector.']],
  );
});

test('an output that is not a number fails the self-test and is no crash', async () => {
  const { selfTest, speed } = await inspect(scaledNet(NaN, 0));
  assert.deepEqual([selfTest.nNotFinite, selfTest.norm, selfTest.meanWithin], [36, null, null]);
  assert.deepEqual(selfTest.problems, ['36 of 36 vectors hold values that are not finite.']);
  assert.equal(speed.length, 3);
});

test('norms that the model gives apart are those of the self-test', async () => {
  const { selfTest } = await inspect(normOutputNet());
  assert.ok(selfTest.norm!.max > 1.01, String(selfTest.norm!.max));
});

for (const [what, net, batchSize] of [
  ['a fixed batch', smallConvNet({ batch: 5 }), 5],
  ['a fixed batch of the largest size', smallConvNet({ batch: 32 }), 32],
  ['a fixed batch larger than there are faces', smallConvNet({ batch: 40 }), 40],
  ['dynamic quantisation', quantisedNet(), 1],
] as const) {
  test(`${what}: measured at ${batchSize} alone`, async () => {
    const { speed, selfTest } = await inspect(net);
    assert.deepEqual(
      speed.map((one) => one.batchSize),
      [batchSize],
    );
    assert.equal(selfTest.nFaces, 36);
  });
}

test('a provider that is not here is refused with its reason, and the CPU measured all the same', async () => {
  const { refused, speed } = await inspect(smallConvNet(), {}, 'tensorrt');
  const measured = speed.filter(({ provider }) => provider === 'tensorrt');
  // On a machine that has it, it is measured against the CPU.
  if (measured.length > 0) assert.ok(measured.every(({ agreement }) => agreement! > 0.9999));
  else {
    assert.equal(refused[0]?.provider, 'tensorrt');
    assert.match(refused[0].reason, /«tensorrt» does not work here/);
  }
  assert.equal(speed.filter(({ provider }) => provider === 'cpu').length, 3);
});

test('a detector is named as one', async () => {
  await assert.rejects(
    inspect(scrfdNet()),
    (error) =>
      isAppError(error, 'modelNotEmbedder') &&
      error.message.startsWith('The model is a face detector (SCRFD with landmarks)') &&
      error.data['detector'] === 'scrfd',
  );
});

test('any other model is refused with what it gives', async () => {
  await assert.rejects(
    inspect(outputsNet([['scores', ['N', 3]]])),
    (error) => isAppError(error, 'modelNotEmbedder') && error.message.includes('3 values: a classifier'),
  );
});

test('progress never falls and ends at its total', async () => {
  const heard: Heard = { progress: [], log: [] };
  await inspect(smallConvNet({ batch: 4 }), {}, 'cpu', heard);
  const { progress } = heard;
  assert.ok(progress.every(({ phase, total }) => phase === 'analyze' && total === progress[0]!.total));
  assert.ok(progress.every(({ done }, i) => i === 0 || done >= progress[i - 1]!.done));
  assert.equal(progress.at(-1)?.done, progress[0]?.total);
  assert.match(heard.log.join('\n'), /warning: net: the batch is 4 instead of 32/);
});

test('a cancel ends it before the next measurement', async () => {
  const heard: Heard = { progress: [], log: [] };
  await assert.rejects(
    inspect(smallConvNet(), {}, 'cpu', heard, (update, controller) => {
      if (update.item === 'cpu, batch size 8') controller.abort();
    }),
    (error) => isAppError(error, 'cancelled'),
  );
  assert.equal(heard.progress.at(-1)?.item, 'cpu, batch size 8');
});

async function inspect(
  net: OnnxModel,
  override: Partial<ModelOverride> = {},
  provider: RequestedProvider = 'cpu',
  heard: Heard = { progress: [], log: [] },
  onProgress?: (update: Progress, controller: AbortController) => void,
): Promise<ModelInspection> {
  const path = join(folder, 'net.onnx');
  writeFileSync(path, netBytes(net));
  const result = await runJob(
    { kind: 'inspect', model: { path, ...override }, provider },
    listeningContext(heard, onProgress),
  );
  assert.ok(result.kind === 'inspect');
  return result.inspection;
}

/** What `pixelRevealingNet` gives, times `factor` plus `summand`. */
function scaledNet(factor: number, summand: number): OnnxModel {
  const { graph, ...model } = pixelRevealingNet();
  const nodes = graph.nodes.map((node) =>
    node.outputs[0] === 'embedding' ? { ...node, outputs: ['raw'] } : node,
  );
  nodes.push(
    onnxNode('Mul', ['raw', 'factor'], ['scaled']),
    onnxNode('Add', ['scaled', 'summand'], ['embedding']),
  );
  const initializers = [
    ...graph.initializers,
    float32Tensor('factor', [], [factor]),
    float32Tensor('summand', [], [summand]),
  ];
  return { ...model, graph: { ...graph, nodes, initializers } };
}
