import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { LatticePoint } from '../../../src/domain/latticeAttribute.ts';
import { augmentedKey, type AugmentedRef, augmentingDecoder } from '../../../src/embedding/augmentFaces.ts';
import { cropDecoder, type Framing } from '../../../src/embedding/cropFaces.ts';
import { encodeJpeg } from '../../../src/models/decoder.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

const [width, height] = [40, 48];
const key = 'ab'.repeat(32);
let folder: string;
let path: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-augment-'));
  path = join(folder, 'face.jpg');
  const random = new SeededRandom(3);
  const pixels = new Uint8Array(90 * 100 * 3);
  for (let y = 0; y < 100; y++) {
    for (let x = 0; x < 90; x++) {
      const at = (y * 90 + x) * 3;
      pixels[at] = 60 + x;
      pixels[at + 1] = 40 + y;
      pixels[at + 2] = 100 + random.nextInt(20);
    }
  }
  await writeFile(path, await encodeJpeg({ pixels, width: 90, height: 100 }, 95));
});

after(() => rm(folder, { recursive: true }));

const whole: Framing = { kind: 'whole' };
const points: Framing = {
  kind: 'points',
  points: [30, 40, 60, 40, 45, 55, 33, 70, 57, 70],
  frame: null,
};

function ref(framing: Framing, point: LatticePoint): AugmentedRef {
  return { path, key: augmentedKey(key, point, 7), name: 'face.jpg', framing, point, noiseSeed: 7 };
}

for (const [name, framing] of [
  ['a whole image', whole],
  ['an aligned face', points],
] as const) {
  test(`at the origin ${name} is what the model sees without a lattice, under the same key`, async () => {
    const origin = ref(framing, { brightness: 0, roll: 0 });
    assert.equal(origin.key, key);
    const plain = await cropDecoder(width, height)(path, { path, key, name: 'face.jpg', framing });
    assert.deepEqual(await augmentingDecoder(width, height)(path, origin), plain);
  });

  test(`every attribute changes ${name}, the same way each time, and has a key of its own`, async () => {
    const decode = augmentingDecoder(width, height);
    const plain = await decode(path, ref(framing, {}));
    const keys = new Set([key]);
    const moves: LatticePoint[] = [
      { brightness: 20 },
      { contrast: 25 },
      { saturation: -40 },
      { hue: 15 },
      { blur: 1 },
      { noise: 6 },
      { jpegQuality: 60 },
      { roll: 10 },
      { scale: 10 },
      { shift: 6 },
      { grey: 50 },
      { occlusion: 10 },
    ];
    for (const point of moves) {
      const moved = ref(framing, point);
      const pixels = await decode(path, moved);
      assert.notDeepEqual(pixels, plain, JSON.stringify(point));
      assert.deepEqual(await augmentingDecoder(width, height)(path, moved), pixels);
      assert.ok(!keys.has(moved.key));
      keys.add(moved.key);
    }
  });
}

test('brightness adds its grey levels to the crop', async () => {
  const decode = augmentingDecoder(width, height);
  const plain = await decode(path, ref(points, {}));
  const brighter = await decode(path, ref(points, { brightness: 12 }));
  assert.deepEqual(
    brighter,
    plain.map((level) => Math.min(255, level + 12)),
  );
});

test('a shift of a whole pixel moves the crop by it', async () => {
  const decode = augmentingDecoder(width, height);
  const plain = await decode(path, ref(whole, {}));
  // 1 / 40 of the width.
  const moved = await decode(path, ref(whole, { shift: 2.5 }));
  for (let y = 0; y < height; y++) {
    const row = y * width * 3;
    assert.deepEqual(moved.subarray(row + 3, row + width * 3), plain.subarray(row, row + (width - 1) * 3));
    // Beyond the edge the image goes on.
    assert.deepEqual(moved.subarray(row, row + 3), plain.subarray(row, row + 3));
  }
});

test('the noise seed matters to the key where there is noise, and nowhere else', () => {
  assert.equal(augmentedKey(key, { blur: 1 }, 1), augmentedKey(key, { blur: 1 }, 2));
  assert.notEqual(augmentedKey(key, { noise: 1 }, 1), augmentedKey(key, { noise: 1 }, 2));
  assert.equal(augmentedKey(key, { blur: 1, hue: 2 }, 1), augmentedKey(key, { hue: 2, blur: 1 }, 1));
});
