import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../../src/domain/appError.ts';
import { inspectDetector } from '../../../../src/models/detectors/inspectDetector.ts';
import type { OnnxDim, OnnxModel } from '../../../../src/models/onnxProto.ts';
import { scrfdNet, yunetNet } from '../../../support/detectorNets.ts';
import { outputsNet, pixelRevealingNet, smallConvNet } from '../../../support/onnxNets.ts';

test('nine outputs in the order of InsightFace are a SCRFD with landmarks', () => {
  const profile = inspectDetector(scrfdNet());
  assert.deepEqual(profile, {
    kind: 'scrfd',
    input: 'image',
    size: { width: null, height: null },
    levels: [
      { stride: 8, scores: ['446'], boxes: '449', landmarks: '452' },
      { stride: 16, scores: ['466'], boxes: '469', landmarks: '472' },
      { stride: 32, scores: ['486'], boxes: '489', landmarks: '492' },
    ],
    hasLandmarks: true,
  });
});

test('six outputs are a SCRFD without landmarks', () => {
  const { kind, hasLandmarks, levels } = inspectDetector(scrfdNet({ landmarks: false }));
  assert.deepEqual([kind, hasLandmarks], ['scrfd', false]);
  assert.deepEqual(levels[2], { stride: 32, scores: ['486'], boxes: '489', landmarks: null });
});

test('a batch axis, a fixed size and undeclared shapes of outputs make no difference', () => {
  const usual = inspectDetector(scrfdNet()).levels;
  assert.deepEqual(inspectDetector(scrfdNet({ outputsHaveBatch: false })).levels, usual);
  assert.deepEqual(inspectDetector(scrfdNet({ declaresShapes: false })).levels, usual);
  const fixed = inspectDetector(scrfdNet({ width: 320, height: 640 }));
  assert.deepEqual([fixed.size, fixed.levels], [{ width: 320, height: 640 }, usual]);
});

test('outputs level after level are told by their widths', () => {
  const usual = inspectDetector(scrfdNet()).levels;
  assert.deepEqual(inspectDetector(scrfdNet({ levelByLevel: true })).levels, usual);
});

test('twelve outputs are a YuNet, by name in any order', () => {
  const expected = {
    kind: 'yunet',
    levels: [8, 16, 32].map((s) => ({
      stride: s,
      scores: [`cls_${s}`, `obj_${s}`],
      boxes: `bbox_${s}`,
      landmarks: `kps_${s}`,
    })),
  };
  for (const levelByLevel of [false, true]) {
    const { kind, levels } = inspectDetector(yunetNet({ levelByLevel }));
    assert.deepEqual({ kind, levels }, expected);
  }
});

test('twelve outputs without names are a YuNet by order and shape', () => {
  const names = Array.from({ length: 12 }, (_, i) => `${i}`);
  const { kind, levels } = inspectDetector(yunetNet({ names }));
  assert.equal(kind, 'yunet');
  assert.deepEqual(levels[1], { stride: 16, scores: ['1', '4'], boxes: '7', landmarks: '10' });
});

test('SCRFD exports whose outputs have names are told by them', () => {
  const names = ['score', 'bbox', 'kps'].flatMap((part) => [8, 16, 32].map((s) => `${part}_${s}`));
  const { levels } = inspectDetector(scrfdNet({ names, levelByLevel: true, declaresShapes: false }));
  assert.deepEqual(levels[0], { stride: 8, scores: ['score_8'], boxes: 'bbox_8', landmarks: 'kps_8' });
});

test('an embedder, a classifier and a model of many other outputs are refused with what they have', () => {
  for (const [model, found] of [
    [smallConvNet(), /gives 1 output: «embedding» \[N, 16\]/],
    [pixelRevealingNet(), /It takes «image» \[N, 3, 8, 8\] and gives 1 output/],
    [severalOutputs(9, [1, 100, 7]), /gives 9 outputs: «o0» \[1, 100, 7\], «o1»/],
    [severalOutputs(15, [1, 100, 1]), /gives 15 outputs: .*«o11» \[1, 100, 1\], …\. SCRFD has 9/],
  ] as const)
    refuses(model, found);
});

test('outputs of other types or ranks are refused', () => {
  refuses(severalOutputs(6, [1, 4, 20, 20]), /its outputs are not those/);
  const net = scrfdNet();
  const outputs = net.graph.outputs.map((output) => ({
    ...output,
    tensor: { ...output.tensor!, elementType: 10 },
  }));
  refuses({ ...net, graph: { ...net.graph, outputs } }, /its outputs are not those/);
});

test('inputs that no picture can be fed to are refused', () => {
  for (const [shape, reason] of [
    [[1, 640, 640, 3], /does not take one picture as batch × 3 × height × width/],
    [['N', 'h', 'w', 3], /does not take one picture/],
    [[1, 1, 640, 640], /does not take one picture/],
    [[1, 3, 640], /does not take one picture/],
    [[4, 3, 640, 640], /its batch is fixed at 4; export it with batch 1/],
    [[1, 3, 600, 640], /no multiples of 32/],
  ] as const)
    refuses(withInput(shape, 1), reason);
  refuses(withInput([1, 3, 640, 640], 10), /its input is not float32/);
  const net = scrfdNet();
  const [input] = net.graph.inputs;
  const inputs = [input!, { ...input!, name: 'second' }];
  refuses({ ...net, graph: { ...net.graph, inputs } }, /does not take one picture/);
  refuses({ ...net, graph: { ...net.graph, inputs: [] } }, /It takes nothing/);
});

test('sizes written as 0 or −1 are free', () => {
  assert.deepEqual(inspectDetector(withInput([0, 3, -1, 0], 1)).size, { width: null, height: null });
});

function severalOutputs(count: number, shape: readonly OnnxDim[]): OnnxModel {
  return outputsNet(Array.from({ length: count }, (_, i) => [`o${i}`, shape] as const));
}

function withInput(shape: readonly OnnxDim[], elementType: number): OnnxModel {
  const net = scrfdNet();
  const [input] = net.graph.inputs;
  return { ...net, graph: { ...net.graph, inputs: [{ ...input!, tensor: { elementType, shape } }] } };
}

function refuses(model: OnnxModel, message: RegExp): void {
  assert.throws(
    () => inspectDetector(model),
    (error) => isAppError(error, 'modelNotDetector') && message.test(error.message),
  );
}
