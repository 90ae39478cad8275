import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Association, Report } from '../../../src/protocol/report.ts';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import {
  type AssociationView,
  columnAssociations,
  maxMapAttributes,
  viewAssociations,
} from '../../../webview-ui/associationState.ts';
import { cellInWords, leftOutOfMap, mapInWords } from '../../../webview-ui/associationWording.ts';
import { heatCells, scaleCells } from '../../../webview-ui/charts/heatCells.ts';
import { nextCell, strongestCell } from '../../../webview-ui/views/heatKeys.ts';
import { plainText } from '../../../webview-ui/wording.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { handReport } from '../../support/handReport.ts';
import { sampleReport } from '../../support/sampleReport.ts';

function pair(a: string, b: string, phi: number | null, phiOfPeople: number | null = null): Association {
  const cramersV = phi === null ? null : Math.abs(phi);
  return { kind: 'attribute', a, b, nImages: 70_838, phi, cramersV, phiOfPeople };
}

function reportOf(associations: Association[]): Report {
  const report = handReport();
  report.results.associations = associations;
  return report;
}

const faces = [
  pair('Heavy_Makeup', 'Male', -0.674, -0.74),
  pair('Heavy_Makeup', 'Lipstick', 0.8, 0.9),
  pair('Heavy_Makeup', 'Hat', -0.05, 0),
  pair('Male', 'Lipstick', -0.79, -0.85),
  pair('Male', 'Hat', null, 0.12),
];

function view(state: PageState = {}, associations: Association[] = faces): AssociationView {
  return viewAssociations(reportOf(associations), state)!;
}

const theme = themeFrom(['vscode-light'], () => '');

test('by name rows and columns are in the order of names, and cells are theirs in both halves', () => {
  const { map } = view({ associationOrder: 'name' });
  assert.deepEqual(map.attributes, ['Hat', 'Heavy_Makeup', 'Lipstick', 'Male']);
  assert.deepEqual(
    map.cells.map((row) => row.map((cell) => cell?.phi ?? null)),
    [
      [null, -0.05, null, null],
      [-0.05, null, 0.8, -0.674],
      [null, 0.8, null, -0.79],
      [null, -0.674, -0.79, null],
    ],
  );
});

test('by likeness what goes together stands together', () => {
  // Makeup and lipstick join at 0.8. Hat and Male at 0 (unknown); Hat to both: −0.025. Nearest ends: Hat–Lipstick, 0.
  assert.deepEqual(view().map.attributes, ['Male', 'Hat', 'Lipstick', 'Heavy_Makeup']);
});

test('over people the map has the other numbers, and colours end at the next tenth', () => {
  assert.equal(view().map.end, 0.8);
  const { map } = view({ association: 'phiOfPeople' });
  assert.equal(map.end, 0.9);
  assert.equal(map.measure, 'phiOfPeople');
});

test('a map is made once for a report, so that a choice draws nothing', () => {
  const report = reportOf(faces);
  const first = viewAssociations(report, {})!;
  assert.equal(viewAssociations(report, { attribute: 'Male', other: 'Hat' })!.map, first.map);
  assert.notEqual(viewAssociations(report, { associationOrder: 'name' })!.map, first.map);
});

test('without people there is one measure; a report before version 3 has no map', () => {
  assert.deepEqual(view({ association: 'phiOfPeople' }, [pair('A', 'B', 0.5)]).measures, ['phi']);
  assert.equal(viewAssociations(handReport(), {}), null);
});

test('the chosen cell is that of both names, in their order', () => {
  const { map, chosen } = view({ attribute: 'Heavy_Makeup', other: 'Male' });
  assert.deepEqual([map.attributes[chosen!.row], map.attributes[chosen!.column]], ['Heavy_Makeup', 'Male']);
  assert.equal(view({ attribute: 'Male' }).chosen, null);
  assert.equal(view({ attribute: 'Male', other: 'Nose' }).chosen, null);
});

test('a cell is said with its φ and its images', () => {
  const words = (attribute: string, other: string, state: PageState = {}) => {
    const { map, chosen } = view({ ...state, attribute, other });
    return plainText(cellInWords(map, chosen!)).replaceAll(/[\u2068\u2069]/g, '');
  };
  assert.equal(
    words('Heavy_Makeup', 'Male'),
    'Heavy_Makeup and Male: φ = −0.67, n = 70\u202F838 images (of people −0.74)',
  );
  assert.equal(
    words('Heavy_Makeup', 'Male', { association: 'phiOfPeople' }),
    'Heavy_Makeup and Male: φ of people = −0.74, n = 70\u202F838 images (of images −0.67)',
  );
  assert.match(words('Male', 'Hat'), /no φ, since one of them never varies/);
  assert.equal(words('Lipstick', 'Hat'), 'Lipstick and Hat: not in the report');
  assert.equal(words('Hat', 'Hat'), 'Hat and itself');
});

test('the sentence names the three strongest pairs, and none that has no number', () => {
  assert.match(
    plainText(mapInWords(view())).replaceAll(/[\u2068\u2069]/g, ''),
    /Strongest: Heavy_Makeup and Lipstick \(0\.80\), Male and Lipstick \(−0\.79\), Heavy_Makeup and Male \(−0\.67\)\.$/,
  );
  assert.doesNotMatch(plainText(mapInWords(view({}, [pair('A', 'B', null)]))), /Strongest/);
});

test('colours: background at zero, blue above, orange with a minus below, a point where there is nothing', () => {
  const { map } = view({ associationOrder: 'name' });
  const cells = heatCells(map, theme);
  const [hat, makeup, lipstick, male] = [0, 1, 2, 3];
  assert.deepEqual(cells[makeup]![lipstick], { colour: theme.positive, alpha: 1, mark: 'none' });
  assert.equal(cells[makeup]![male]!.colour, theme.negative);
  assert.equal(cells[makeup]![male]!.mark, 'minus');
  assert.ok(Math.abs(cells[makeup]![male]!.alpha - 0.674 / 0.8) < 1e-12);
  assert.equal(cells[makeup]![hat]!.mark, 'none', 'what can hardly be seen has no sign');
  assert.equal(cells[hat]![male]!.mark, 'unknown');
  assert.equal(cells[hat]![hat]!.colour, theme.noise);
  assert.deepEqual(
    scaleCells(0.8, 2, theme).map(({ value, alpha }) => [value, alpha]),
    [
      [-0.8, 1],
      [-0.4, 0.5],
      [0, 0],
      [0.4, 0.5],
      [0.8, 1],
    ],
  );
});

test('keys go from cell to cell and stop at the edges; the first goes to the strongest pair', () => {
  const { map } = view({ associationOrder: 'name' });
  const size = map.attributes.length;
  const strength = (row: number, column: number) => Math.abs(map.cells[row]![column]?.phi ?? 0);
  const keyMap = { size, first: () => strongestCell(size, strength) };
  assert.deepEqual(nextCell('ArrowDown', null, keyMap), { row: 1, column: 2 });
  const corner = { row: 0, column: 3 };
  assert.deepEqual(nextCell('ArrowDown', corner, keyMap), { row: 1, column: 3 });
  assert.deepEqual(nextCell('ArrowUp', corner, keyMap), corner);
  assert.deepEqual(nextCell('ArrowRight', corner, keyMap), corner);
  assert.deepEqual(nextCell('ArrowLeft', corner, keyMap), { row: 0, column: 2 });
  assert.deepEqual(nextCell('Home', corner, keyMap), { row: 0, column: 0 });
  assert.deepEqual(nextCell('End', { row: 1, column: 0 }, keyMap), { row: 1, column: 3 });
  assert.deepEqual(nextCell('PageDown', corner, keyMap), { row: 3, column: 3 });
  assert.equal(nextCell('x', corner, keyMap), null);
  assert.equal(nextCell('toString', corner, keyMap), null);
});

test('of very many attributes the map has those with the strongest associations, and says so', () => {
  const report = sampleReport({ nAttributes: 130, discriminative: false });
  const { map, pairs } = viewAssociations(report, {})!;
  assert.equal(map.attributes.length, maxMapAttributes);
  assert.equal(map.nAttributes, 130);
  assert.equal(pairs.length, (130 * 129) / 2);
  assert.match(leftOutOfMap(map), /^Of 130 attributes the map draws the 100/);
  assert.equal(leftOutOfMap(view().map), '');
  assert.ok(map.attributes.includes(pairs[0]!.a) && map.attributes.includes(pairs[0]!.b));
});

test('columns of several values are apart from attributes, strongest first', () => {
  const column = (a: string, cramersV: number | null): Association => ({
    kind: 'column',
    a,
    b: 'Hat',
    nImages: 10,
    phi: null,
    cramersV,
    phiOfPeople: null,
  });
  const report = reportOf([...faces, column('age', null), column('hair', 0.2), column('skin', 0.5)]);
  assert.deepEqual(
    columnAssociations(report).map(({ a }) => a),
    ['skin', 'hair', 'age'],
  );
  assert.equal(viewAssociations(report, {})!.pairs.length, faces.length);
  assert.equal(viewAssociations(reportOf([column('age', 0.1)]), {}), null);
});
