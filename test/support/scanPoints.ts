import type { ScanBins, ScanPoints } from '../../src/numerics/pairScanner.ts';
import type { SeededRandom } from '../../src/numerics/random.ts';

/** Points with whole coordinates: every product is exact, in whatever order it is summed. */
export function wholePoints(
  random: SeededRandom,
  n: number,
  attributes: readonly ('known' | 'unknowns')[],
  metric: ScanPoints['metric'] = 'cosine',
): ScanPoints {
  const dim = metric === 'cosine' ? 3 : 5;
  const data = new Float32Array(new SharedArrayBuffer(4 * n * dim));
  for (let i = 0; i < n; i++) {
    let square = 0;
    for (let t = 0; t < 3; t++) square += (data[i * dim + t] = random.nextInt(9) - 4) ** 2;
    if (metric === 'euclidean') data.set([1, square], i * dim + 3);
  }
  let firstPartner = 0;
  const firstPartners = Int32Array.from({ length: n }, (_, i) => {
    firstPartner = Math.min(n, Math.max(firstPartner, i + 1 + random.nextInt(3)));
    return firstPartner;
  });
  const labels = attributes.map((kind) =>
    Int8Array.from({ length: n }, () =>
      kind === 'known' ? 2 * random.nextInt(2) - 1 : random.nextInt(3) - 1,
    ),
  );
  return { n, dim, data, metric, firstPartners, labels };
}

export function someBins(random: SeededRandom, start: number, end: number): ScanBins {
  const nCells = 400;
  let bin = 0;
  const binOfCell = Uint16Array.from({ length: nCells }, (_, cell) =>
    cell > 0 && random.nextInt(3) === 0 ? ++bin : bin,
  );
  return { start, cellsPerUnit: nCells / (end - start), binOfCell, nBins: bin + 1 };
}
