import type { MacroscaleResult, MacroscaleRow } from '../src/protocol/report.ts';
import { linesAsCsv } from './export/csvText.ts';
import { columnsOf } from './export/table.ts';
import { ksOf } from './macroscaleState.ts';
import { type Difference, excludesZero, type ModelsView } from './modelsState.ts';
import type { SignificanceView } from './significanceState.ts';

interface Test {
  readonly attribute: string;
  readonly model: string;
  readonly result: MacroscaleResult;
  readonly row: MacroscaleRow;
}

const test = columnsOf<Test>();

const testColumns = [
  test.text('attribute', ({ attribute }) => attribute),
  test.text('model', ({ model }) => model),
  test.text('metric', ({ result }) => result.metric),
  test.text('modality', ({ row }) => row.modality),
  test.number('ks', ({ row }) => row.ks),
  test.count('sign', ({ row }) => row.sign),
  test.number('p_permutation', ({ row }) => row.pPermutation),
  test.number('p_adjusted_bh', ({ row }) => row.pAdjusted),
  test.number('p_holm', ({ row }) => row.pHolm),
  test.number('p_naive', ({ row }) => row.pNaive),
  test.number('log10_p_naive', ({ row }) => row.log10PNaive),
  test.number('null_95', ({ row }) => row.null95),
  test.number('n_effective', ({ row }) => row.nEffective),
  test.count('permutations', ({ result }) => result.inference.permutations),
  test.count('n_images', ({ row }) => row.nImages),
  test.count('n_identities', ({ row }) => row.nIdentities),
  test.count('n_within', ({ row }) => row.nWithin),
  test.count('n_cross', ({ row }) => row.nCross),
];

/** One line for each test of the shown rows, in their order, with every p that the report holds. */
export function significanceAsCsv(view: SignificanceView): string {
  return linesAsCsv(
    testColumns,
    view.rows.flatMap(({ attribute, cells }) =>
      cells.flatMap((row, index) => {
        if (!row) return [];
        const { model, result } = view.columns[index]!;
        return [{ attribute, model, result, row }];
      }),
    ),
  );
}

type Shown = Difference & { readonly view: ModelsView };
const difference = columnsOf<Shown>();

const differenceColumns = [
  difference.text('attribute', ({ attribute }) => attribute),
  difference.text('modality', ({ modality }) => modality),
  difference.text('model_x', ({ view }) => view.x.label),
  difference.text('model_y', ({ view }) => view.y.label),
  difference.number('ks_signed_x', ({ x }) => ksOf(x, true)),
  difference.number('ks_signed_y', ({ y }) => ksOf(y, true)),
  difference.number('difference', (row) => row.difference),
  ...difference.interval('difference', ({ ci }) => ci),
  difference.count('excludes_zero', (row) => (row.ci === null ? null : Number(excludesZero(row)))),
  difference.count('bootstraps', ({ view }) => view.bootstraps),
  difference.count('n_images_x', ({ x }) => x.nImages),
  difference.count('n_images_y', ({ y }) => y.nImages),
  difference.count('n_identities_x', ({ x }) => x.nIdentities),
  difference.count('n_identities_y', ({ y }) => y.nIdentities),
];

/** The shown differences in their order. */
export function differencesAsCsv(view: ModelsView): string {
  return linesAsCsv(
    differenceColumns,
    view.differences.map((row) => ({ ...row, view })),
  );
}
