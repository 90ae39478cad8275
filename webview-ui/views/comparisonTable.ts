import { modalities } from '../../src/domain/attributeColumn.ts';
import type { DefinitionAnchor } from '../../src/protocol/definitions.ts';
import type { MacroscaleRow } from '../../src/protocol/report.ts';
import { modalityName } from '../ruleWording.ts';
import { element } from '../dom.ts';
import { decimalsOfInterval, formatCount, formatFixed, formatP, splitAtPoint } from '../format.ts';
import { deltaOf, type Interval, ksDecimalsOf, rangeText } from '../inference.ts';
import { type AttributeRow, ksOf, type MacroscaleView, rowOf } from '../macroscaleState.ts';
import { distanceText } from '../wording.ts';
import { definitionLink } from './definitionLink.ts';
import { t } from '../l10n.ts';
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
  const groups = [distanceLines(view), chanceLines(), effectLines(view), sourceLines(view)];
  const head = element(
    'tr',
    {},
    element('td'),
    ...modalities.map((modality) =>
      element(
        'th',
        { attributes: { scope: 'col' } },
        element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
        modalityName(modality),
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
      term: t('KS distance, signed'),
      anchor: 'ks-distance',
      of: (row) => {
        const decimals = ksDecimalsOf(row);
        return withInterval(ksOf(row, true)!, row.ci, decimals);
      },
    },
    { term: t('exact KS between'), anchor: 'exhaustive-bound', of: boundsOf },
    {
      term: t('over draws'),
      of: ({ repeats }) =>
        repeats && {
          value: formatFixed(repeats.mean, decimalsOfInterval([-repeats.sd, repeats.sd])),
          behind: `± ${formatFixed(repeats.sd, decimalsOfInterval([-repeats.sd, repeats.sd]))}, n ${formatCount(repeats.n)}`,
        },
    },
    { term: t('at distance'), of: ({ location }) => ({ value: distanceText(location, view) }) },
  ];
}

/** Only where four decimals tell the bounds apart. */
function boundsOf({ ks, ksUpper }: MacroscaleRow): Cell | null {
  if (ksUpper === null) return null;
  const [low, high] = [formatFixed(ks, 4), formatFixed(ksUpper, 4)];
  return low === high ? null : { value: low, behind: t('and {0}', high) };
}

function chanceLines(): readonly Line[] {
  return [
    { term: t('p, adjusted'), anchor: 'adjusted-p', of: ({ pAdjusted }) => pCell(pAdjusted) },
    { term: t('p, permutation'), anchor: 'permutation-p', of: ({ pPermutation }) => pCell(pPermutation) },
    { term: t('p, Holm'), anchor: 'adjusted-p', of: ({ pHolm }) => pCell(pHolm) },
    {
      term: t('KS by chance, 95 % below'),
      anchor: 'null-band',
      of: (row) =>
        row.null95 === null ? null : { value: formatFixed(row.null95, Math.max(3, ksDecimalsOf(row))) },
    },
    {
      term: t('effective n'),
      anchor: 'effective-n',
      of: ({ nEffective }) => (nEffective === null ? null : { value: formatCount(nEffective) }),
    },
    {
      term: t('p, naive'),
      anchor: 'naive-p',
      of: ({ pNaive, log10PNaive }) => ({ value: formatP(pNaive, log10PNaive) }),
      second: true,
    },
  ];
}

function effectLines(view: MacroscaleView): readonly Line[] {
  return [
    {
      term: t('AUC, within < across'),
      anchor: 'auc-and-cliffs-delta',
      of: ({ auc, aucCi }) => effect(auc, aucCi, 3),
    },
    {
      term: t('Cliff’s delta'),
      anchor: 'auc-and-cliffs-delta',
      of: ({ auc, aucCi }) =>
        effect(auc === null ? null : deltaOf(auc), aucCi && [deltaOf(aucCi[0]), deltaOf(aucCi[1])], 3),
    },
    {
      term: t('mean difference, sd'),
      anchor: 'mean-difference',
      of: ({ meanDifference, meanDifferenceCi }) => effect(meanDifference, meanDifferenceCi, 2),
    },
    { term: t('mean within'), of: ({ meanWithin }) => ({ value: distanceText(meanWithin, view) }) },
    { term: t('mean across'), of: ({ meanCross }) => ({ value: distanceText(meanCross, view) }) },
  ];
}

function sourceLines({ noun }: MacroscaleView): readonly Line[] {
  const people: Line = {
    term: noun === 'people' ? t('people a side') : t('images a side'),
    of: ({ nIdentities }) => ({ value: formatCount(nIdentities) }),
  };
  const images: Line = { term: t('images a side'), of: ({ nImages }) => ({ value: formatCount(nImages) }) };
  return [
    ...(noun === 'people' ? [people, images] : [people]),
    { term: t('pairs within'), of: ({ nWithin }) => ({ value: formatCount(nWithin) }) },
    { term: t('pairs across'), of: ({ nCross }) => ({ value: formatCount(nCross) }) },
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
