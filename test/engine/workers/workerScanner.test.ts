import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { tilesOf } from '../../../src/engine/workers/scanTiles.ts';
import { openWorkerScanner } from '../../../src/engine/workers/workerScanner.ts';
import {
  countPairs,
  maxCells,
  openPlainScanner,
  type ScanBins,
  type ScanPoints,
} from '../../../src/numerics/pairScanner.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { someBins, wholePoints } from '../../support/scanPoints.ts';

const noAbort = new AbortController().signal;
const quiet = () => undefined;

async function scanBeside(t: TestContext, points: ScanPoints, bins: ScanBins, nThreads: number) {
  const scanner = await openWorkerScanner(points, noAbort, nThreads);
  t.after(() => scanner.close());
  return scanner.scan(bins, quiet);
}

async function scanPlainly(points: ScanPoints, bins: ScanBins) {
  const scanner = await openPlainScanner(points, noAbort);
  return scanner.scan(bins, quiet);
}

for (const metric of ['cosine', 'euclidean'] as const) {
  test(`threads count every pair once, as the plain loops do: ${metric}`, async (t) => {
    const random = new SeededRandom(3);
    const points = wholePoints(random, 301, ['known', 'unknowns', 'known'], metric);
    const bins = metric === 'cosine' ? someBins(random, -20.13, 18.21) : someBins(random, 0.87, 9.71);
    assert.ok(tilesOf(points, 2).length > 3);
    const expected = await scanPlainly(points, bins);
    assert.deepEqual(await scanBeside(t, points, bins, 2), expected);
  });
}

test('more points than a panel has columns', async (t) => {
  const random = new SeededRandom(4);
  const n = 8500;
  const points = {
    ...wholePoints(random, n, ['known', 'unknowns']),
    // Few pairs, in both panels.
    firstPartners: Int32Array.from({ length: n }, (_, i) => Math.min(n, i + 8100)),
  };
  const bins = someBins(random, -20.13, 18.21);
  assert.equal(new Set(tilesOf(points, 2).map(({ panelStart }) => panelStart)).size, 2);
  assert.deepEqual(await scanBeside(t, points, bins, 2), await scanPlainly(points, bins));
});

test('a second pass starts anew, on one thread and on more than there are tiles', async (t) => {
  const random = new SeededRandom(5);
  const points = wholePoints(random, 90, ['known']);
  const [coarse, fine] = [someBins(random, -20.13, 18.21), someBins(random, -3.13, 2.21)];
  for (const nThreads of [1, 5]) {
    const scanner = await openWorkerScanner(points, noAbort, nThreads);
    t.after(() => scanner.close());
    await scanner.scan(coarse, quiet);
    assert.deepEqual(await scanner.scan(fine, quiet), await scanPlainly(points, fine));
  }
});

test('progress rises to all pairs', async (t) => {
  const random = new SeededRandom(6);
  const points = wholePoints(random, 500, ['known']);
  const scanner = await openWorkerScanner(points, noAbort, 2);
  t.after(() => scanner.close());
  const seen: number[] = [];
  await scanner.scan(someBins(random, -20.13, 18.21), (done, total) => {
    assert.equal(total, countPairs(points));
    seen.push(done);
  });
  assert.ok(seen.length > 4);
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(seen.at(-1), countPairs(points));
});

test('a cancel ends a scan before its last tile, and later scans at once', async (t) => {
  const random = new SeededRandom(7);
  const points = wholePoints(random, 3000, ['known']);
  const bins = someBins(random, -20.13, 18.21);
  const controller = new AbortController();
  const scanner = await openWorkerScanner(points, controller.signal, 2);
  t.after(() => scanner.close());
  let last = 0;
  const scan = scanner.scan(bins, (done) => {
    last = done;
    if (done > 0) controller.abort();
  });
  await assert.rejects(scan, (error) => isAppError(error, 'cancelled'));
  assert.ok(last < countPairs(points), 'tiles were left');
  await assert.rejects(scanner.scan(bins, quiet), (error) => isAppError(error, 'cancelled'));
});

test('a thread that fails ends the scan with what it said', async (t) => {
  const random = new SeededRandom(8);
  const points = wholePoints(random, 40, ['known']);
  const scanner = await openWorkerScanner(points, noAbort, 2);
  t.after(() => scanner.close());
  const tooManyCells = { ...someBins(random, -20.13, 18.21), binOfCell: new Uint16Array(maxCells + 1) };
  await assert.rejects(scanner.scan(tooManyCells, quiet), (error) => {
    assert.ok(isAppError(error, 'internal'));
    assert.match(error.message, /^A thread that counts pairs failed: ./);
    return true;
  });
});

test('data that does not fit its dimensions is refused', async () => {
  const points = wholePoints(new SeededRandom(9), 40, ['known']);
  for (const wrong of [
    { ...points, data: points.data.subarray(0, 50) },
    { ...points, firstPartners: new Int32Array(39) },
    { ...points, labels: [new Int8Array(41)] },
  ]) {
    await assert.rejects(openWorkerScanner(wrong, noAbort, 1), (error) => isAppError(error, 'internal'));
  }
});
