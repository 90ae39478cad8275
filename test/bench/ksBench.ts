import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { inferHere } from '../../src/analyses/inference.ts';
import { runMacroscale } from '../../src/analyses/macroscale.ts';
import type { MacroscaleInput, MacroscaleRow } from '../../src/analyses/macroscaleOutcome.ts';
import { DiagnosticLog } from '../../src/domain/diagnostic.ts';
import { ortMatrixProduct } from '../../src/models/onnxRuntime.ts';
import { median } from '../../src/numerics/quantiles.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { tellFigure } from './figures.ts';

/**
 * An attribute, 500 identities a side, 512 numbers an embedding: selection, distances, both KS tests with
 * their p-values, and histograms here, against SciPy's distances and both tests; the same figures, in turns.
 */
const nPerSide = 500;
const dim = 512;
const repeats = 9;
/** Of an analysis of some attributes, as they come; its time is divided by them. SciPy does one in a turn. */
const nAttributes = 5;
/** Turns that are not counted: both sides load and compile in them. */
const warmUps = 3;
const requiredRatio = 10;

interface ScipyAnswer {
  readonly ms: number;
  readonly rows: readonly { readonly statistic: number; readonly sign: number; readonly pvalue: number }[];
}

const input = makeInput();
const python = 'python3';
if (spawnSync(python, ['-c', 'import scipy, numpy']).status === 0) await compareWithScipy();
else console.log('ksBench: skipped, python3 has no SciPy here.');

async function compareWithScipy(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-bench-'));
  const file = join(folder, 'embeddings.f32');
  writeFileSync(file, input.embeddings.data);
  const script = fileURLToPath(new URL('ks_scipy.py', import.meta.url));
  const scipy = spawn(python, [script, file, String(nPerSide), String(dim)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(scipy.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The SciPy side ended early.');
    return value;
  };
  try {
    assert.equal(await nextLine(), 'ready');
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let i = 0; i < warmUps + repeats; i++) {
      const start = performance.now();
      const rows = await analyse();
      const ms = (performance.now() - start) / nAttributes;
      scipy.stdin.write('\n');
      const answer = JSON.parse(await nextLine()) as ScipyAnswer;
      assertSameFigures(rows, answer);
      if (i >= warmUps) {
        ours.push(ms);
        theirs.push(answer.ms);
      }
    }
    report(median(Float64Array.from(ours)), median(Float64Array.from(theirs)));
  } finally {
    scipy.stdin.end();
    rmSync(folder, { recursive: true });
  }
}

function report(oursMs: number, theirsMs: number): void {
  const ratio = theirsMs / oursMs;
  console.log(
    `ksBench, one attribute: ${oursMs.toFixed(1)} ms here, ${theirsMs.toFixed(1)} ms in SciPy, ${ratio.toFixed(1)} times as fast (medians of ${repeats}; at least ${requiredRatio} required)`,
  );
  tellFigure({
    bench: 'ks',
    name: 'SciPy, one attribute',
    value: ratio,
    unit: 'times as fast',
    bound: { atLeast: requiredRatio },
  });
}

async function analyse(): Promise<readonly MacroscaleRow[]> {
  const { rows } = await runMacroscale(
    input,
    {
      metric: 'cosine',
      selection: 'first',
      maxIdentities: nPerSide,
      sameIdentity: 'include',
      repeats: 1,
      permutations: 0,
      bootstraps: 0,
      seed: 0,
    },
    {
      signal: new AbortController().signal,
      product: ortMatrixProduct,
      infer: inferHere,
      diagnostics: new DiagnosticLog(),
      progress: () => undefined,
    },
  );
  return rows;
}

function assertSameFigures(rows: readonly MacroscaleRow[], { rows: expected }: ScipyAnswer): void {
  rows.forEach((row, i) => {
    const { statistic, sign, pvalue } = expected[i % 2]!;
    assert.ok(Math.abs(row.ks - statistic) < 1e-9, `${row.ks} here, ${statistic} in SciPy`);
    assert.equal(row.sign, sign);
    assert.ok(Math.abs(row.pNaive / pvalue - 1) < 1e-5, `${row.pNaive} here, ${pvalue} in SciPy`);
  });
}

/** Two clouds about centres a little apart, the positives a little tighter; positives first. */
function makeInput(): MacroscaleInput {
  const random = new SeededRandom(1);
  const rows = 2 * nPerSide;
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    const isPositive = row < nPerSide;
    for (let t = 0; t < dim; t++) {
      const centre = t === 0 ? 3 : t === 1 && isPositive ? 1.5 : 0;
      data[row * dim + t] = centre + random.nextNormal();
    }
  }
  return {
    embeddings: { rows, dim, data },
    identities: Int32Array.from({ length: rows }, (_, row) => row),
    attributes: Array.from({ length: nAttributes }, (_, i) => ({
      name: `attribute ${i}`,
      values: Int8Array.from({ length: rows }, (_, row) => (row < nPerSide ? 1 : -1)),
      rule: { kind: 'binary' },
    })),
    images: Array.from({ length: rows }, (_, row) => `image${row}`),
  };
}
