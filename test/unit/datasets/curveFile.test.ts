import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readCurveFile } from '../../../src/datasets/curveFile.ts';
import { encodeNpy } from '../../../src/datasets/npy.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { type CurveTable, stencilsOf } from '../../../src/domain/curveTable.ts';

const { signal } = new AbortController();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-curves-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function table(lines: readonly string[], name = 'curves.csv'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

/** Every curve as «identity attribute: points». */
function written(curves: CurveTable): string[] {
  return Array.from(curves.attribute, (attribute, c) => {
    const points = curves.points.subarray(curves.offset[c], curves.offset[c + 1]);
    return `${curves.identities[curves.identity[c]!]} ${curves.attributes[attribute]}: ${[...points].join(' ')}`;
  });
}

test('a general table gives the curves of each identity, steps by size, images by folder of the table', async () => {
  const path = await table([
    'image,identity,attribute,curve,step',
    'ann/2.png,Ann,light,a,10',
    'ann/1.png,Ann,light,a,2',
    'ann/0.png,Ann,light,a,-1',
    'bob/0.png,Bob,light,a,-1',
    'bob/1.png,Bob,light,a,2',
    'ann/3.png,Ann,pose,x,left',
    'ann/1.png,Ann,pose,x,middle',
    'ann/4.png,Ann,pose,x,right',
  ]);
  const { curves, points } = await readCurveFile(path, signal);
  assert.deepEqual(written(curves), ['Ann light: 2 1 0', 'Ann pose: 3 1 4']);
  assert.deepEqual(curves.steps, [
    ['-1', '2', '10'],
    ['left', 'middle', 'right'],
  ]);
  // Bob's curve lacks step 10.
  assert.equal(curves.nIncomplete, 1);
  assert.deepEqual(curves.identities, ['Ann', 'Bob']);
  assert.deepEqual([...curves.firstPoint], [0, 5, 7]);
  // Both curves of Ann have image 1 in the middle.
  assert.deepEqual([...curves.basePoint], [1, 1]);
  assert.deepEqual(points, {
    kind: 'images',
    root: folder,
    images: ['ann/2.png', 'ann/1.png', 'ann/0.png', 'ann/3.png', 'ann/4.png', 'bob/0.png', 'bob/1.png'],
  });
});

test('a longer curve gives a stencil for every three steps in a row; the middle one has its base point', async () => {
  const path = await table([
    'image,attribute,curve,step',
    ...[0, 1, 2, 3].map((step) => `${step}.png,light,a,${step}`),
  ]);
  const { curves } = await readCurveFile(path, signal);
  assert.deepEqual(curves.identities, ['everyone']);
  const { start, base, end, basePoint, attribute, identity } = stencilsOf(curves);
  assert.deepEqual(
    [[...start], [...base], [...end]],
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  );
  assert.deepEqual(
    [[...attribute], [...identity]],
    [
      [0, 0],
      [0, 0],
    ],
  );
  assert.equal(basePoint[0], 1);
  assert.notEqual(basePoint[1], 1);
});

const ganTable = [
  ',index,id_curve,moving_dimension,param_step',
  '0,0,0,0,0',
  '1,1,0,0,1',
  '2,2,0,0,2',
  '3,3,7,brightness,0',
  '4,1,7,brightness,1',
  '5,4,7,brightness,2',
  '6,4,8,1,0',
  '7,3,8,1,1',
];

test('a lattice of GAN-Control has the names of the paper and a file of embeddings for each identity', async () => {
  const path = await table(ganTable, 'df_param_step.csv');
  const data = Float32Array.from({ length: 10 }, (_, i) => i);
  await writeFile(join(folder, 'p1.npy'), encodeNpy({ rows: 5, dim: 2, data }));
  await writeFile(join(folder, 'p0.npy'), encodeNpy({ rows: 5, dim: 2, data: data.map((x) => -x) }));
  const { curves, points } = await readCurveFile(path, signal);
  assert.deepEqual(written(curves), [
    'p0 Head angle: 0 1 2',
    'p0 Brightness: 3 1 4',
    'p1 Head angle: 5 6 7',
    'p1 Brightness: 8 6 9',
  ]);
  // Of «Age» only two steps are there, for either identity.
  assert.equal(curves.nIncomplete, 2);
  assert.deepEqual([...curves.basePoint], [1, 1, 6, 6]);
  assert.ok(points.kind === 'embeddings');
  assert.equal(points.dim, 2);
  assert.match(points.sha256, /^[0-9a-f]{64}$/);
  assert.deepEqual([...(await points.read(1)).data], [...data]);
});

test('a lattice of GAN-Control finds images by the number at the end of their names', async () => {
  const path = await table(ganTable.slice(0, 7), 'df_param_step.csv');
  await mkdir(join(folder, 'anna'));
  for (const name of ['img_0000.png', 'img_0001.png', 'img_0002.png', 'img_0003.png', 'notes.txt']) {
    await writeFile(join(folder, 'anna', name), '');
  }
  const { curves, points } = await readCurveFile(path, signal);
  assert.deepEqual(written(curves), ['anna Head angle: 0 1 2']);
  // Image 4 is missing, and with it the curve of brightness.
  assert.equal(curves.nIncomplete, 1);
  assert.ok(points.kind === 'images');
  assert.deepEqual(
    points.images,
    [0, 1, 2, 3].map((i) => `anna/img_000${i}.png`),
  );
});

for (const [what, lines, pattern] of [
  ['other columns', ['a,b', '1,2'], /columns «a, b».*index, id_curve/],
  ['a step given twice', ['image,attribute,curve,step', 'a.png,x,1,0', 'b.png,x,1,0'], /Row 3 .*second time/],
  ['an empty cell', ['image,attribute,curve,step', 'a.png,x,1,'], /Row 2 .*has no step/],
  ['an index that is none', [ganTable[0]!, '0,x,0,0,0'], /Row 2 .*index «x»/],
  ['neither embeddings nor folders', ganTable, /neither a file of embeddings/],
] as const) {
  test(`${what} is refused in words`, async () => {
    const path = await table(lines);
    await assert.rejects(readCurveFile(path, signal), (error) => {
      assert.ok(isAppError(error, 'annotationsInvalid'));
      assert.match(error.message, pattern);
      return true;
    });
  });
}

test('embeddings with fewer rows than the table names are refused with both numbers', async () => {
  const path = await table(ganTable, 'df_param_step.csv');
  await writeFile(join(folder, 'p0.npy'), encodeNpy({ rows: 2, dim: 1, data: Float32Array.of(1, 2) }));
  await assert.rejects(
    readCurveFile(path, signal),
    (error) => isAppError(error, 'embeddingsInvalid') && /2 embeddings.*index 4/.test(error.message),
  );
});
