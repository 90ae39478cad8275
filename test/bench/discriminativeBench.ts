import { runDiscriminative } from '../../src/analyses/discriminative.ts';
import { DiagnosticLog } from '../../src/domain/diagnostic.ts';
import { ortMatrixProduct } from '../../src/models/onnxRuntime.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { column } from '../support/runMacroscale.ts';
import { tellFigure } from './figures.ts';

/**
 * 40 attributes read off 20,000 embeddings of 512 numbers, 800 people, by 400 logistic regressions. Each attribute is a
 * noisy direction of its own, and a person's images lie together, as faces do.
 */
const [nRows, nPeople, dim, nAttributes] = [20_000, 800, 512, 40];
const requiredSeconds = 120;

const input = makeInput();
const diagnostics = new DiagnosticLog();
const start = performance.now();
const { rows } = await runDiscriminative(
  input,
  { metric: 'cosine', maxImages: nRows, seed: 1, nFolds: 5, c: 1 },
  {
    signal: new AbortController().signal,
    product: ortMatrixProduct,
    diagnostics,
    progress: () => undefined,
  },
);
const seconds = (performance.now() - start) / 1000;
if (rows.some(({ byIdentity }) => byIdentity === null)) throw new Error('An attribute was not read.');
const mean = rows.reduce((sum, { byIdentity }) => sum + byIdentity!.accuracy, 0) / rows.length;
console.log(
  `discriminativeBench: ${nAttributes} attributes of ${nRows} × ${dim}, both schemes, ${seconds.toFixed(1)} s (at most ${requiredSeconds}); mean accuracy for strangers ${mean.toFixed(3)}; ${diagnostics.toArray().length} diagnostics`,
);
tellFigure({
  bench: 'discriminative',
  name: '40 attributes, 20,000 images',
  value: seconds,
  unit: 's',
  bound: { atMost: requiredSeconds },
});

function makeInput() {
  const random = new SeededRandom(1);
  const normals = (n: number) => Float32Array.from({ length: n }, () => random.nextNormal());
  const people = normals(nPeople * dim);
  const identities = Int32Array.from({ length: nRows }, () => random.nextInt(nPeople));
  const data = normals(nRows * dim);
  // Faces vary in some directions far more than in others.
  const spread = Float64Array.from({ length: dim }, (_, t) => 1 / Math.sqrt(1 + t / 20));
  for (let i = 0; i < data.length; i++) {
    const t = i % dim;
    data[i] = spread[t]! * (people[identities[(i - t) / dim]! * dim + t]! + 0.7 * data[i]!);
  }
  const attributes = Array.from({ length: nAttributes }, (_, i) => {
    const direction = normals(dim);
    const values = Int8Array.from({ length: nRows }, (_, row) => {
      let sum = (i % 8) * 4 - 12 + 3 * random.nextNormal();
      for (let t = 0; t < dim; t++) sum += direction[t]! * data[row * dim + t]!;
      return sum > 0 ? 1 : -1;
    });
    return column(`attribute${i}`, values);
  });
  return {
    embeddings: { rows: nRows, dim, data },
    identities,
    identitiesKnown: true,
    attributes,
    images: Array.from({ length: nRows }, (_, row) => `image${row}`),
  };
}
