import assert from 'node:assert/strict';
import { noProviderMemory } from '../../../../src/models/providerMemory.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isAppError } from '../../../../src/domain/appError.ts';
import type { DetectedFace } from '../../../../src/domain/face.ts';
import type { RequestedProvider } from '../../../../src/domain/provider.ts';
import { type Detector, openDetector } from '../../../../src/models/openDetector.ts';
import type { OnnxModel } from '../../../../src/models/onnxProto.ts';
import {
  detectorBytes,
  dottedImage,
  scrfdDistances,
  scrfdLandmark,
  scrfdNet,
  yunetBox,
  yunetLandmark,
  yunetNet,
} from '../../../support/detectorNets.ts';
import { outputsNet, smallConvNet } from '../../../support/onnxNets.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-detector-'));
after(() => rmSync(folder, { recursive: true }));

/** What the SCRFD net gives for a pixel at (x, y) of its picture, in pixels of an image `scale` times as small. */
function scrfdFace(
  x: number,
  y: number,
  stride: number,
  anchor: 0 | 1,
  score: number,
  blue: number,
  scale = 1,
) {
  const unit = (blue / 255) * stride;
  const [left, up, right, down] = scrfdDistances[anchor];
  return {
    score: score / 255,
    box: {
      x: (x - left * unit) / scale,
      y: (y - up * unit) / scale,
      width: ((left + right) * unit) / scale,
      height: ((up + down) * unit) / scale,
    },
    landmarks: Array.from(
      { length: 10 },
      (_, k) => ((k % 2 === 0 ? x : y) + scrfdLandmark(anchor, k) * unit) / scale,
    ),
  };
}

const nets: readonly (readonly [string, OnnxModel])[] = [
  ['SCRFD with nine outputs', scrfdNet()],
  ['SCRFD without a batch axis in its outputs', scrfdNet({ outputsHaveBatch: false })],
  ['SCRFD of a fixed size, level after level', scrfdNet({ width: 640, height: 640, levelByLevel: true })],
];
for (const [name, net] of nets) {
  test(`${name}: RGB, (x − 127.5) / 128, and every stride and anchor are right by value`, async () => {
    await using opened = await open(net);
    // Red is the first anchor's score, green the second's, blue the size. Odd multiples of a stride are cells of
    // that stride and the finer ones: those get a box of the same place, smaller and apart from it.
    const image = dottedImage(640, 640, [
      { x: 8 * 11, y: 8 * 31, colour: [200, 40, 255] },
      { x: 8 * 51, y: 8 * 7, colour: [30, 250, 102] },
    ]);
    expectFaces(await opened.detector.detect(image), [
      scrfdFace(8 * 51, 8 * 7, 8, 1, 250, 102),
      scrfdFace(8 * 11, 8 * 31, 8, 0, 200, 255),
    ]);
    const coarse = dottedImage(640, 640, [{ x: 32 * 9, y: 32 * 5, colour: [153, 0, 255] }]);
    const found = await opened.detector.detect(coarse);
    expectFaces(
      found,
      [8, 16, 32].map((stride) => scrfdFace(32 * 9, 32 * 5, stride, 0, 153, 255)),
    );
  });
}

test('SCRFD enlarges a small image, and its faces come back in the image’s own pixels', async () => {
  await using opened = await open(scrfdNet());
  // Twice as large: pixels 10 to 15 become 20 to 31 of one colour (but for its edge), where 24 is the only cell.
  const image = dottedImage(320, 160, [{ x: 10, y: 10, side: 6, colour: [255, 0, 255] }]);
  expectFaces(await opened.detector.detect(image), [scrfdFace(24, 24, 8, 0, 255, 255, 2)]);
});

test('SCRFD shrinks a large image; both axes come back by their own scale', async () => {
  await using opened = await open(scrfdNet());
  // 1280 × 1000 becomes 640 × 500.
  const image = dottedImage(1280, 1000, [{ x: 2 * 72, y: 2 * 488, side: 3, colour: [204, 0, 255] }]);
  expectFaces(await opened.detector.detect(image), [scrfdFace(72, 488, 8, 0, 204, 255, 0.5)]);
});

test('SCRFD with six outputs finds the same boxes, and no landmarks', async () => {
  await using opened = await open(scrfdNet({ landmarks: false }));
  assert.equal(opened.detector.hasLandmarks, false);
  const image = dottedImage(640, 640, [{ x: 8, y: 8 * 3, colour: [200, 0, 255] }]);
  const [face, ...others] = await opened.detector.detect(image);
  const { box, score } = scrfdFace(8, 24, 8, 0, 200, 255);
  expectFaces([face!, ...others], [{ score, box, landmarks: null }]);
});

test('YuNet: BGR, 0 to 255, and every stride is right by value', async () => {
  for (const net of [yunetNet(), yunetNet({ width: 640, height: 640, outputsHaveBatch: false })]) {
    await using opened = await open(net);
    for (const stride of [8, 16, 32]) {
      const [x, y] = [stride * 5, stride * 3];
      const image = dottedImage(300, 200, [{ x, y, colour: [255, 230, 102] }]);
      // Cells of the finer strides have the corner too; their boxes lie within the coarsest one's.
      const faces = await opened.detector.detect(image);
      expectFaces(
        faces.filter(({ box }) => box.height > stride),
        [yunetFace(x, y, stride, Math.sqrt(230 / 255), 102)],
      );
    }
  }
});

test('YuNet takes a large image at a longest side of 640', async () => {
  await using opened = await open(yunetNet());
  const image = dottedImage(1280, 720, [{ x: 2 * 88, y: 2 * 8, side: 2, colour: [255, 255, 255] }]);
  expectFaces(await opened.detector.detect(image), [yunetFace(88, 8, 8, 1, 255, 2)]);
});

test('a face of 20 pixels at the edge, beyond which its box and landmarks reach, is found where it is', async () => {
  await using opened = await open(scrfdNet());
  const image = dottedImage(640, 640, [{ x: 0, y: 8, colour: [255, 0, 159] }]);
  const faces = await opened.detector.detect(image);
  expectFaces(faces, [scrfdFace(0, 8, 8, 0, 255, 159)]);
  const { x, width } = faces[0]!.box;
  assert.ok(x < -4 && width > 19 && width < 21, `${x}, ${width}`);
});

test('an image without a face has none, one with twelve has twelve, by falling score', async () => {
  for (const [net, green] of [
    [scrfdNet(), 0],
    [yunetNet(), 255],
  ] as const) {
    await using opened = await open(net);
    assert.deepEqual(await opened.detector.detect(dottedImage(640, 480, [])), []);
    // Odd multiples of 8, far enough apart.
    const dots = Array.from({ length: 12 }, (_, i) => ({
      x: 8 * (16 * (i % 4) + 7),
      y: 8 * (16 * Math.floor(i / 4) + 5),
      colour: [243 + i, green, 128] as const,
    }));
    const faces = await opened.detector.detect(dottedImage(640, 480, dots));
    const ofRed = (red: number): number => (green === 0 ? red / 255 : Math.sqrt(red / 255));
    assert.deepEqual(
      faces.map(({ score }) => score.toFixed(4)),
      Array.from({ length: 12 }, (_, i) => ofRed(254 - i).toFixed(4)),
    );
  }
});

test('the threshold is the authors’ own, or the one that is set', async () => {
  const image = dottedImage(640, 640, [{ x: 8, y: 8, colour: [120, 0, 255] }]);
  await using own = await open(scrfdNet());
  assert.deepEqual([own.detector.scoreThreshold, (await own.detector.detect(image)).length], [0.5, 0]);
  await using lower = await open(scrfdNet(), 'cpu', 0.4);
  assert.deepEqual([lower.detector.scoreThreshold, (await lower.detector.detect(image)).length], [0.4, 1]);
  await using yunet = await open(yunetNet());
  assert.equal(yunet.detector.scoreThreshold, 0.9);
  for (const threshold of [NaN, -0.1, 1.1])
    await assert.rejects(open(scrfdNet(), 'cpu', threshold), (error) => isAppError(error, 'settingInvalid'));
});

test('a detector is opened on the CPU, and a profile proves it', async () => {
  await using opened = await open(scrfdNet());
  const { name, kind, provider, notes, sha256 } = opened.detector;
  assert.deepEqual([name, kind, notes], ['net', 'scrfd', []]);
  assert.deepEqual(provider, {
    requested: 'cpu',
    ran: 'cpu',
    nodeShare: 1,
    nodeTimeShare: 1,
    agreement: null,
    refused: [],
  });
  assert.match(sha256, /^[0-9a-f]{64}$/);
});

test('a provider that is missing falls back to the CPU and says so', async () => {
  await using opened = await open(yunetNet(), 'coreml');
  const { provider, notes } = opened.detector;
  // On a machine that has the provider, it must be the one that ran.
  if (provider.ran === 'coreml') return;
  assert.deepEqual([provider.ran, provider.refused[0]?.provider], ['cpu', 'coreml']);
  assert.match(notes[0]?.code ?? '', /^provider(FellBack|Disagrees)$/);
});

test('an embedder is no detector', async () => {
  await assert.rejects(open(smallConvNet()), (error) => isAppError(error, 'modelNotDetector'));
});

test('a model with the right number of outputs of another size is found out when it runs', async () => {
  const net = outputsNet(Array.from({ length: 9 }, (_, i) => [`o${i}`, []] as const));
  const outputs = net.graph.outputs.map((output) => ({ ...output, tensor: { elementType: 1, shape: null } }));
  const [input] = net.graph.inputs;
  const inputs = [{ ...input!, tensor: { elementType: 1, shape: [1, 3, 'h', 'w'] } }];
  await assert.rejects(
    open({ ...net, graph: { ...net.graph, inputs, outputs } }),
    (error) => isAppError(error, 'modelNotDetector') && error.message.includes('«o0» has 1228800 values'),
  );
});

function yunetFace(x: number, y: number, stride: number, score: number, blue: number, shrunk = 1) {
  const unit = blue / 255;
  const width = Math.exp(yunetBox[2] * unit) * stride;
  const height = Math.exp(yunetBox[3] * unit) * stride;
  return {
    score,
    box: {
      x: (x + yunetBox[0] * unit * stride - width / 2) * shrunk,
      y: (y + yunetBox[1] * unit * stride - height / 2) * shrunk,
      width: width * shrunk,
      height: height * shrunk,
    },
    landmarks: Array.from(
      { length: 10 },
      (_, k) => ((k % 2 === 0 ? x : y) + yunetLandmark(k) * unit * stride) * shrunk,
    ),
  };
}

interface ExpectedFace extends Pick<DetectedFace, 'score' | 'box'> {
  readonly landmarks: readonly number[] | null;
}

/** To a thousandth of a pixel: float32 in between. */
function expectFaces(faces: readonly DetectedFace[], expected: readonly ExpectedFace[]): void {
  assert.equal(faces.length, expected.length, JSON.stringify(faces));
  for (const [i, face] of faces.entries()) {
    const wanted = expected[i]!;
    assert.ok(Math.abs(face.score - wanted.score) < 1e-5, `score ${face.score}, not ${wanted.score}`);
    assert.equal(face.landmarks === null, wanted.landmarks === null);
    const [numbers, others] = [numbersOf(face), numbersOf(wanted)];
    const worst = Math.max(...numbers.map((value, k) => Math.abs(value - others[k]!)));
    assert.ok(worst < 1e-3, `${numbers.join(', ')} instead of ${others.join(', ')}`);
  }
}

function numbersOf({ box, landmarks }: Omit<ExpectedFace, 'score'> | DetectedFace): number[] {
  return [box.x, box.y, box.width, box.height, ...(landmarks ?? [])];
}

interface Opened extends AsyncDisposable {
  readonly detector: Detector;
}

async function open(
  model: OnnxModel,
  provider: RequestedProvider = 'cpu',
  scoreThreshold: number | null = null,
): Promise<Opened> {
  const path = join(folder, 'net.onnx');
  writeFileSync(path, detectorBytes(model));
  const detector = await openDetector({
    path,
    provider,
    scoreThreshold,
    memory: () => noProviderMemory,
    log: () => undefined,
  });
  return { detector, [Symbol.asyncDispose]: () => detector.release() };
}
