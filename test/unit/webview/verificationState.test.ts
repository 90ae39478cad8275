import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerificationResult } from '../../../src/protocol/report.ts';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { verificationList } from '../../../webview-ui/verificationList.ts';
import type { TarSortColumn, VerificationView } from '../../../webview-ui/verificationState.ts';
import { handReport } from '../../support/handReport.ts';
import { handVerification } from '../../support/handVerification.ts';

function view(state: PageState = {}, changes: Partial<VerificationResult> = {}): VerificationView {
  return viewReport(handReport([handVerification(changes)]), '', state).verification!;
}

function order(column: TarSortColumn, descending: boolean): readonly string[] {
  return view({ tarSort: { column, descending } }).rows.map((row) => row.attribute);
}

test('modalities are judged at FAR 10⁻³ where there are pairs enough for it', () => {
  assert.equal(view().overall?.far, 1e-3);
  assert.deepEqual(view().farChoices, [1e-2, 1e-3, 1e-4], 'a rate without a threshold is no choice');
});

test('a chosen FAR is kept; one that the report does not hold gives way', () => {
  assert.equal(view({ far: 1e-2 }).overall?.far, 1e-2);
  assert.equal(view({ far: 1e-5 }).overall?.far, 1e-3, 'it has no threshold');
  assert.equal(view({ far: 0.3 }).overall?.far, 1e-3);
});

test('too few pairs for 10⁻³: the lowest FAR that has enough, and if none has, the first', () => {
  const rates = (enough: readonly boolean[]) => ({
    tar: handVerification().tar.map((rate, i) => ({ ...rate, enoughPairs: enough[i] ?? false })),
  });
  assert.equal(view({}, rates([true, false])).overall?.far, 1e-2);
  assert.equal(view({}, rates([])).overall?.far, 1e-2);
});

test('without any threshold there is nothing to judge modalities by', () => {
  const tar = handVerification().tar.map((rate) => ({ ...rate, threshold: null }));
  const { overall, ranking, selected } = view({}, { tar, modalities: [] });
  assert.deepEqual([overall, ranking, selected], [null, [], null]);
});

test('the attribute that fails most comes first; what has no pairs comes last', () => {
  assert.deepEqual(
    view().ranking.map((row) => row.attribute),
    ['Beard', 'Hat', 'Age', 'Scar', 'Twin'],
  );
  assert.equal(view().selected?.attribute, 'Beard');
  assert.equal(view({ attribute: 'Age' }).selected?.attribute, 'Age');
});

test('each column sorts, and what has no value comes last in either direction', () => {
  assert.deepEqual(order('attribute', false), ['Age', 'Beard', 'Hat', 'Scar', 'Twin']);
  assert.deepEqual(order('tarPositive', false), ['Beard', 'Hat', 'Age', 'Scar', 'Twin']);
  assert.deepEqual(order('tarPositive', true), ['Age', 'Hat', 'Beard', 'Scar', 'Twin']);
  assert.deepEqual(order('tarNegative', true), ['Age', 'Beard', 'Hat', 'Scar', 'Twin']);
  assert.deepEqual(order('lowest', true), ['Age', 'Scar', 'Hat', 'Beard', 'Twin']);
  assert.deepEqual(order('gap', true), ['Beard', 'Hat', 'Age', 'Scar', 'Twin']);
  assert.deepEqual(order('fmrPositive', true), ['Age', 'Beard', 'Hat', 'Scar', 'Twin']);
  assert.deepEqual(order('n', true), ['Age', 'Hat', 'Beard', 'Scar', 'Twin']);
});

test('lowest and gap are of the sides that have pairs', () => {
  const row = (name: string) => view().ranking.find(({ attribute }) => attribute === name)!;
  assert.equal(row('Hat').lowest?.modality, 'positive');
  assert.ok(Math.abs(row('Hat').gap! - 0.325) < 1e-12);
  assert.equal(row('Scar').lowest?.modality, 'negative');
  assert.equal(row('Scar').gap, null);
  assert.equal(row('Twin').lowest, null);
});

test('the axis holds every dot and the whiskers of modalities that twenty people show', () => {
  const widen = (attribute: string) =>
    view(
      {},
      {
        modalities: handVerification().modalities.map((side) => ({
          ...side,
          rates: side.rates.map((rate) =>
            side.attribute === attribute && side.modality === 'positive'
              ? { ...rate, tarCi: [0.01, 0.99] as [number, number] }
              : rate,
          ),
        })),
      },
    ).axis;
  const few = widen('Beard');
  assert.ok(
    few.min <= 0.25 && few.min > 0.1,
    `the dot of few people is in it, its whisker is not: ${few.min}`,
  );
  const many = widen('Hat');
  assert.deepEqual([many.min, many.max], [0, 1]);
});

test('differences that nothing supports are not blown up', () => {
  const flat = view({}, { modalities: [] });
  assert.ok(flat.axis.max - flat.axis.min > 0.0499);
});

test('the list has the numbers of the report: rates with intervals, gap, FMR, pairs', () => {
  const { rows, columns, scale } = verificationList(view());
  assert.deepEqual(
    columns.map(({ name }) => name),
    ['Attribute', 'TAR +', 'TAR −', 'Lowest', 'Gap', 'FMR +', 'FMR −', 'Pairs'],
  );
  assert.deepEqual(
    rows.map(({ attribute, cells }) => [attribute, ...cells]),
    [
      ['Beard', '0.250 (0.200–0.300)', '0.850 (0.800–0.900)', '0.250', '0.600', '0.0020', '0.0020', '12'],
      ['Hat', '0.500 (0.450–0.550)', '0.825 (0.775–0.875)', '0.500', '0.325', '0.0020', '0.0020', '100'],
      ['Age', '0.800 (0.750–0.850)', '0.900 (0.850–0.950)', '0.800', '0.100', '0.0020', '0.0020', '300'],
      ['Scar', '—', '0.800 (0.750–0.850)', '0.800', '—', '—', '0.0020', '0'],
      ['Twin', '—', '—', '—', '—', '—', '—', '0'],
    ],
  );
  assert.deepEqual(scale.reference, { value: 0.8, text: 'all 0.800' });
  assert.partialDeepStrictEqual(rows[1]!.positive, { value: 0.5, interval: [0.45, 0.55], text: '0.500' });
  assert.equal(rows[4]!.positive, null);
});

test('another threshold is another list, with its own numbers', () => {
  const [strict, loose] = [verificationList(view()), verificationList(view({ far: 1e-2 }))];
  assert.notEqual(strict.variant, loose.variant);
  assert.equal(loose.rows.find(({ attribute }) => attribute === 'Hat')!.cells[0], '0.700 (0.650–0.750)');
});

test('a filter is the same as in the other list', () => {
  assert.deepEqual(
    view({ filter: 'a' }).rows.map((row) => row.attribute),
    ['Beard', 'Hat', 'Age', 'Scar'],
  );
});
