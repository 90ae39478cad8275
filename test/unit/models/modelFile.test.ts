import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { readModelFile } from '../../../src/models/modelFile.ts';
import type { OnnxEntry, OnnxModel } from '../../../src/models/onnxProto.ts';
import { netBytes, smallConvNet } from '../../support/onnxNets.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-model-'));
after(() => rmSync(folder, { recursive: true }));

test('a model is read with the digest of its bytes', async () => {
  const bytes = netBytes(smallConvNet());
  const { sha256 } = await readModelFile(write('plain.onnx', bytes));
  assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'));
});

test('weights beside the model are put inside it, and count in the digest', async () => {
  const original = smallConvNet();
  const { model, weights } = withExternalWeights(original, 'weights.bin');
  const path = write('external.onnx', netBytes(model));
  write('weights.bin', weights);
  const read = await readModelFile(path);
  assert.deepEqual(netBytes(read.model), netBytes(original));
  write(
    'weights.bin',
    weights.map((byte) => byte ^ 1),
  );
  assert.notEqual((await readModelFile(path)).sha256, read.sha256);
});

test('weights that are cut short are named', async () => {
  const { model, weights } = withExternalWeights(smallConvNet(), 'short.bin');
  write('short.bin', weights.subarray(0, weights.length - 1));
  await assert.rejects(
    readModelFile(write('short.onnx', netBytes(model))),
    (error) =>
      isAppError(error, 'modelFailed') &&
      /«b3» lie in «short.bin».*bytes \d+ to \d+ of \d+/.test(error.message),
  );
});

for (const location of ['../secret.bin', '/etc/hostname', 'a/../../secret.bin', '']) {
  test(`weights at «${location}» are refused: a model may not read the disk`, async () => {
    const { model } = withExternalWeights(smallConvNet(), location);
    await assert.rejects(
      readModelFile(write('outside.onnx', netBytes(model))),
      (error) => isAppError(error, 'modelFailed') && error.message.includes('not allowed'),
    );
  });
}

test('a path without a file, and a folder, are no models', async () => {
  const isMissing = (error: unknown) => isAppError(error, 'modelNotFound');
  await assert.rejects(readModelFile(join(folder, 'none.onnx')), isMissing);
  await assert.rejects(readModelFile(folder), isMissing);
});

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function withExternalWeights(model: OnnxModel, location: string): { model: OnnxModel; weights: Uint8Array } {
  const blobs: Uint8Array[] = [];
  let offset = 0;
  const initializers = model.graph.initializers.map((tensor) => {
    const bytes = tensor.rawData!;
    const external: OnnxEntry[] = [
      { key: 'location', value: location },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(bytes.length) },
    ];
    blobs.push(bytes);
    offset += bytes.length;
    return { ...tensor, rawData: null, external };
  });
  return { model: { ...model, graph: { ...model.graph, initializers } }, weights: Buffer.concat(blobs) };
}
