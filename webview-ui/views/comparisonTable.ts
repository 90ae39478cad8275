import { modalities } from '../../src/domain/attributeColumn.ts';
import type { DefinitionAnchor } from '../../src/protocol/definitions.ts';
import type { MacroscaleRow } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { decimalsOfInterval, formatCount, formatFixed, formatP, splitAtPoint } from '../format.ts';
import { deltaOf, type Interval, ksDecimalsOf, rangeText } from '../inference.ts';
import { type AttributeRow, ksOf, type MacroscaleView, rowOf } from '../macroscaleState.ts';
import { distanceText } from '../wording.ts';
import { definitionLink } from './definitionLink.ts';
import type { Actions } from './view.ts';

/** A number with what stands behind it: its interval, or its spread. */
interface Cell {
  readonly value: string;
  readonly behind?: string;
}

interface Line {
  readonly term: string;
  readonly anchor?: DefinitionAnchor;
  /** `null`: the report does not know it; a line without any is left out. */
  readonly of: (row: MacroscaleRow) => Cell | null;
  /** Of second rank: in smaller type. */
  readonly second?: true;
}

/** Every number of both modalities, in groups: how large, whether by chance, of what size, from what. */
export function comparisonTable(row: AttributeRow, view: MacroscaleView, actions: Actions): HTMLElement[] {
  const rows = modalities.map((modality) => rowOf(row, modality));
  const groups = [distanceLines(view), chanceLines, effectLines(view), sourceLines(view)];
  const head = element(
    'tr',
    {},
    element('td'),
    ...modalities.map((modality) =>
      element(
        'th',
        { attributes: { scope: 'col' } },
        element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
        modality,
      ),
    ),
  );
  return [
    element('thead', {}, head),
    ...groups.map((lines) =>
      element('tbody', {}, ...lines.flatMap((line) => lineElement(line, rows, actions) ?? [])),
    ),
  ];
}

function distanceLines(view: MacroscaleView): readonly Line[] {
  return [
    {
      term: 'KS distance, signed',
      anchor: 'ks-distance',
      of: (row) => {
        const decimals = ksDecimalsOf(row);
        return withInterval(ksOf(row, true)!, row.ci, decimals);
      },
    },
    { term: 'exact KS between', anchor: 'exhaustive-bound', of: boundsOf },
    {
      term: 'over draws',
      of: ({ repeats }) =>
        repeats && {
          value: formatFixed(repeats.mean, decimalsOfInterval([-repeats.sd, repeats.sd])),
          behind: `± ${formatFixed(repeats.sd, decimalsOfInterval([-repeats.sd, repeats.sd]))}, n ${formatCount(repeats.n)}`,
        },
    },
    { term: 'at distance', of: ({ location }) => ({ value: distanceText(location, view) }) },
  ];
}

/** Only where four decimals tell the bounds apart. */
function boundsOf({ ks, ksUpper }: MacroscaleRow): Cell | null {
  if (ksUpper === null) return null;
  const [low, high] = [formatFixed(ks, 4), formatFixed(ksUpper, 4)];
  return low === high ? null : { value: low, behind: `and ${high}` };
}

const chanceLines: readonly Line[] = [
  { term: 'p, adjusted', anchor: 'adjusted-p', of: ({ pAdjusted }) => pCell(pAdjusted) },
  { term: 'p, permutation', anchor: 'permutation-p', of: ({ pPermutation }) => pCell(pPermutation) },
  { term: 'p, Holm', anchor: 'adjusted-p', of: ({ pHolm }) => pCell(pHolm) },
  {
    term: 'KS by chance, 95 % below',
    anchor: 'null-band',
    of: (row) =>
      row.null95 === null ? null : { value: formatFixed(row.null95, Math.max(3, ksDecimalsOf(row))) },
  },
  {
    term: 'effective n',
    anchor: 'effective-n',
    of: ({ nEffective }) => (nEffective === null ? null : { value: formatCount(nEffective) }),
  },
  {
    term: 'p, naive',
    anchor: 'naive-p',
    of: ({ pNaive, log10PNaive }) => ({ value: formatP(pNaive, log10PNaive) }),
    second: true,
  },
];

function effectLines(view: MacroscaleView): readonly Line[] {
  return [
    {
      term: 'AUC, within < across',
      anchor: 'auc-and-cliffs-delta',
      of: ({ auc, aucCi }) => effect(auc, aucCi, 3),
    },
    {
      term: 'Cliff’s delta',
      anchor: 'auc-and-cliffs-delta',
      of: ({ auc, aucCi }) =>
        effect(auc === null ? null : deltaOf(auc), aucCi && [deltaOf(aucCi[0]), deltaOf(aucCi[1])], 3),
    },
    {
      term: 'mean difference, sd',
      anchor: 'mean-difference',
      of: ({ meanDifference, meanDifferenceCi }) => effect(meanDifference, meanDifferenceCi, 2),
    },
    { term: 'mean within', of: ({ meanWithin }) => ({ value: distanceText(meanWithin, view) }) },
    { term: 'mean across', of: ({ meanCross }) => ({ value: distanceText(meanCross, view) }) },
  ];
}

function sourceLines({ noun }: MacroscaleView): readonly Line[] {
  const people: Line = {
    term: `${noun} a side`,
    of: ({ nIdentities }) => ({ value: formatCount(nIdentities) }),
  };
  const images: Line = { term: 'images a side', of: ({ nImages }) => ({ value: formatCount(nImages) }) };
  return [
    ...(noun === 'people' ? [people, images] : [people]),
    { term: 'pairs within', of: ({ nWithin }) => ({ value: formatCount(nWithin) }) },
    { term: 'pairs across', of: ({ nCross }) => ({ value: formatCount(nCross) }) },
  ];
}

function pCell(p: number | null): Cell | null {
  return p === null ? null : { value: formatP(p, null) };
}

function effect(value: number | null, interval: Interval | null, decimals: number): Cell | null {
  return value === null
    ? null
    : withInterval(value, interval, interval ? decimalsOfInterval(interval) : decimals);
}

function withInterval(value: number, interval: Interval | null, decimals: number): Cell {
  const text = formatFixed(value, decimals);
  return interval ? { value: text, behind: `(${rangeText(interval, decimals)})` } : { value: text };
}

function lineElement(
  { term, anchor, of, second }: Line,
  rows: readonly (MacroscaleRow | null)[],
  actions: Actions,
): HTMLElement | null {
  const cells = rows.map((row) => row && of(row));
  if (cells.every((cell) => cell === null)) return null;
  return element(
    'tr',
    second ? { class: 'second' } : {},
    element('th', { attributes: { scope: 'row' } }, anchor ? definitionLink(actions, anchor, term) : term),
    ...cells.map(cellElement),
  );
}

/** The decimal point under the others', what stands behind it in a column of its own. */
function cellElement(cell: Cell | null): HTMLElement {
  const { value, behind = '' } = cell ?? { value: '—' };
  const [whole, rest] = splitAtPoint(value);
  return element(
    'td',
    { class: 'number', attributes: { 'aria-label': behind === '' ? value : `${value} ${behind}` } },
    element('span', { class: 'whole', text: whole }),
    element('span', { class: 'rest', text: rest }),
    behind === '' ? null : ' ',
    behind === '' ? null : element('span', { class: 'behind', text: behind }),
  );
}
