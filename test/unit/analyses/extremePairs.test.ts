import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AttributeExtremes,
  type ExtremePair,
  extremesOfPoints,
} from '../../../src/analyses/extremePairs.ts';
import { runExhaustiveMacroscale } from '../../../src/analyses/exhaustiveMacroscale.ts';
import { inferHere } from '../../../src/analyses/inference.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { openPlainScanner } from '../../../src/numerics/pairScanner.ts';
import { embeddings, identities, images, attributes } from '../../support/macroscaleFixture.ts';
import { line, run } from '../../support/runMacroscale.ts';

const context = { product: plainMatrixProduct, checkpoint: () => undefined };

function inWords(pairs: readonly ExtremePair[]): string[] {
  return pairs.map(({ left, right, distance }) => `${left} ${right} ${distance}`);
}

// Positive points 1, 2, 11 (rows 0, 2, 4), negative points 3, 6, 12 (rows 1, 3, 5).
const six = line([1, 3, 2, 6, 11, 12], [1, -1, 1, -1, 1, -1]);

test('by hand: the ends of the distributions that the KS distance is of', async () => {
  const { extremes } = await run(six, { metric: 'euclidean', maxIdentities: 10 });
  const [only] = extremes;
  assert.equal(only?.attribute, 'x');
  assert.deepEqual(inWords(only.closestCross), [
    'image2 image1 1',
    'image4 image5 1',
    'image0 image1 2',
    'image2 image3 4',
    // image0 and image3 are 5 apart, and so are image4 and image3: then image3 is in two pairs.
    'image0 image3 5',
  ]);
  assert.deepEqual(inWords(only.farthestPositive), [
    'image0 image4 10',
    'image2 image4 9',
    'image0 image2 1',
  ]);
  assert.deepEqual(inWords(only.farthestNegative), ['image1 image5 9', 'image3 image5 6', 'image1 image3 3']);
});

test('all pairs of a few points give what a whole sample of them gives', async () => {
  const { extremes } = await run(six, { metric: 'euclidean', maxIdentities: 10 });
  const points = {
    ...six,
    rows: Int32Array.of(0, 1, 2, 3, 4, 5),
    attributes: [{ name: 'x', labels: six.attributes[0]!.values }],
  };
  const found = await extremesOfPoints(points, { metric: 'euclidean', seed: 1 }, context);
  assert.deepEqual(found, extremes);
});

test('two images of one person are no example, whether their distance counts or not', async () => {
  const twoOfOne = { ...six, identities: Int32Array.of(0, 1, 1, 3, 4, 5) };
  for (const sameIdentity of ['exclude', 'include'] as const) {
    const { extremes } = await run(twoOfOne, { metric: 'euclidean', maxIdentities: 10, sameIdentity });
    assert.deepEqual(inWords(extremes[0]!.closestCross), [
      'image4 image5 1',
      'image0 image1 2',
      'image2 image3 4',
      'image0 image3 5',
      'image4 image1 8',
      'image2 image5 10',
    ]);
  }
});

test('rows without the attribute and rows that are no point take no part', async () => {
  const labels = Int8Array.of(1, 0, 1, -1, -1);
  const found = await extremesOfPoints(
    { ...six, rows: Int32Array.of(0, 1, 2, 3, 5), attributes: [{ name: 'x', labels }] },
    { metric: 'euclidean', seed: 1 },
    context,
  );
  assert.deepEqual(inWords(found[0]!.closestCross), [
    'image2 image3 4',
    'image0 image3 5',
    'image2 image5 10',
    'image0 image5 11',
  ]);
  assert.deepEqual(inWords(found[0]!.farthestPositive), ['image0 image2 1']);
});

test('of many points some are drawn, the same for one seed and every attribute', async () => {
  const points = {
    embeddings,
    identities,
    images,
    rows: Int32Array.from(images.keys()),
    attributes: attributes.map(({ name, values }) => ({ name, labels: values })),
  };
  const draw = (seed: number, maxPoints: number): Promise<AttributeExtremes[]> =>
    extremesOfPoints(points, { metric: 'cosine', seed }, context, maxPoints);
  const some = await draw(1, 60);
  assert.deepEqual(await draw(1, 60), some);
  assert.notDeepEqual(await draw(2, 60), some);
  const shown = new Set(
    some.flatMap((one) =>
      [...one.closestCross, ...one.farthestPositive, ...one.farthestNegative].flatMap(({ left, right }) => [
        left,
        right,
      ]),
    ),
  );
  assert.ok(shown.size > 12 && shown.size <= 60);
  // More points hold more extreme pairs.
  const all = await draw(1, images.length);
  all.forEach(({ closestCross }, i) => {
    const own = some[i]!.closestCross[0];
    if (own) assert.ok(closestCross[0]!.distance <= own.distance);
  });
});

test('all images, and one of each person, have extremes; centroids are no images', async () => {
  const input = { ...six, identities: Int32Array.of(0, 1, 2, 3, 4, 5) };
  const extremesWith = async (points: 'everyImage' | 'oneImage' | 'centroids') => {
    const { extremes } = await runExhaustiveMacroscale(
      input,
      {
        metric: 'euclidean',
        points,
        selection: 'first',
        seed: 1,
        sameIdentity: 'exclude',
        permutations: 0,
        bootstraps: 0,
      },
      {
        ...context,
        signal: new AbortController().signal,
        infer: inferHere,
        diagnostics: new DiagnosticLog(),
        progress: () => undefined,
        openScanner: openPlainScanner,
      },
    );
    return extremes;
  };
  const sampled = await run(input, { metric: 'euclidean', maxIdentities: 10 });
  assert.deepEqual(await extremesWith('everyImage'), sampled.extremes);
  assert.deepEqual(await extremesWith('oneImage'), sampled.extremes);
  assert.deepEqual(await extremesWith('centroids'), []);
});
