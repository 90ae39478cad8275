import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConditionalRow, runConditional } from '../../../src/analyses/conditional.ts';
import { inferHere } from '../../../src/analyses/inference.ts';
import type { MacroscaleInput } from '../../../src/analyses/macroscaleOutcome.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { column } from '../../support/runMacroscale.ts';

const options = {
  metric: 'euclidean',
  maxIdentities: 500,
  sameIdentity: 'exclude',
  permutations: 199,
  seed: 1,
} as const;

async function conditional(
  input: MacroscaleInput,
  changed: Partial<{ maxIdentities: number; permutations: number }> = {},
  given = 'male',
): Promise<{ rows: ConditionalRow[]; diagnostics: DiagnosticLog }> {
  const diagnostics = new DiagnosticLog();
  const rows = await runConditional(
    input,
    [{ attribute: 'makeup', given }],
    { ...options, ...changed },
    {
      signal: new AbortController().signal,
      product: plainMatrixProduct,
      infer: inferHere,
      diagnostics,
      progress: () => undefined,
    },
  );
  return { rows, diagnostics };
}

/** Men and women apart; most women, and few men, with make-up, which moves them by `makeup`. */
function people(makeup: number): MacroscaleInput {
  const random = new SeededRandom(8);
  const n = 200;
  const male = Int8Array.from({ length: n }, (_, i) => (i < n / 2 ? 1 : -1));
  const made = male.map((value) => (random.nextInt(10) < (value > 0 ? 2 : 8) ? 1 : -1));
  const data = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    data[2 * i] = 4 * male[i]! + random.nextNormal();
    data[2 * i + 1] = makeup * made[i]! + random.nextNormal();
  }
  return {
    embeddings: { rows: n, dim: 2, data },
    identities: Int32Array.from({ length: n }, (_, i) => i),
    attributes: [column('makeup', made), column('male', male)],
    images: Array.from({ length: n }, (_, i) => `image${i}`),
  };
}

test('an attribute that is only another one is left with nothing', async () => {
  const { rows } = await conditional(people(0));
  for (const row of rows) {
    assert.ok(row.ksUnmatched > 0.2 && row.signUnmatched === 1, `unmatched ${row.ksUnmatched}`);
    assert.ok(row.ks < 0.1, `matched ${row.ks}`);
    assert.ok(row.pPermutation! > 0.05, `p ${row.pPermutation}`);
    assert.ok(row.ks <= row.null95!);
  }
});

test('an attribute of its own stays', async () => {
  const { rows } = await conditional(people(3));
  for (const row of rows) {
    assert.ok(row.ks > 0.2 && row.sign === 1, `matched ${row.ks}`);
    assert.equal(row.pPermutation, 1 / 200);
  }
});

test('as many of either modality in each stratum, and as many without matching', async () => {
  const input = people(0);
  const [made, male] = input.attributes.map(({ values }) => values);
  const count = (sign: number, stratum: number): number =>
    made!.filter((value, i) => value === sign && male![i] === stratum).length;
  const side = Math.min(count(1, 1), count(-1, 1)) + Math.min(count(1, -1), count(-1, -1));
  const { rows } = await conditional(input, { permutations: 0 });
  assert.deepEqual(
    rows.map(({ attribute, given, modality }) => [attribute, given, modality]),
    [
      ['makeup', 'male', 'positive'],
      ['makeup', 'male', 'negative'],
    ],
  );
  for (const row of rows) {
    assert.equal(row.nIdentities, side);
    assert.deepEqual([row.nWithin, row.nCross], [(side * (side - 1)) / 2, side * side]);
    assert.deepEqual([row.pPermutation, row.null95, row.permutations], [null, null, 0]);
  }
  const { rows: fewer } = await conditional(input, { permutations: 0, maxIdentities: 10 });
  assert.ok(fewer[0]!.nIdentities <= 10 && fewer[0]!.nIdentities >= 8);
});

test('no more permutations than there are for conditions', async () => {
  const { rows } = await conditional(people(0), { permutations: 5000, maxIdentities: 20 });
  assert.equal(rows[0]!.permutations, 500);
});

test('of two identical attributes nothing can be matched: left out, and named', async () => {
  const input = people(0);
  const twin = column('twin', input.attributes[0]!.values);
  const { rows, diagnostics } = await conditional(
    { ...input, attributes: [...input.attributes, twin] },
    {},
    'twin',
  );
  assert.deepEqual(rows, []);
  assert.deepEqual(
    diagnostics.toArray().map(({ code, items }) => [code, items]),
    [['conditionTooSmall', ['makeup given twin']]],
  );
});

test('a constant attribute to be held fixed leaves the attribute as it is', async () => {
  const input = people(0);
  const constant = column('face', new Int8Array(200).fill(1));
  const { rows } = await conditional(
    { ...input, attributes: [...input.attributes, constant] },
    { permutations: 0 },
    'face',
  );
  const made = input.attributes[0]!.values;
  const positives = made.filter((value) => value > 0).length;
  assert.equal(rows[0]!.nIdentities, Math.min(positives, 200 - positives));
  assert.equal(rows[0]!.ks, rows[0]!.ksUnmatched);
});
