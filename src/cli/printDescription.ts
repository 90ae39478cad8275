import { sharedSources } from '../domain/attributeSources.ts';
import type { Association, AttributeResult, People, Report } from '../protocol/report.ts';
import { signed, type TableColumn, tableLines } from './table.ts';

const nListed = 10;

/** What the annotations alone say: people, entropies, associations. */
export function descriptionLines({ inputs, results }: Report): string[] {
  const { attributes, people, associations } = results;
  const interEntropy = [...attributes].filter(({ interEntropy: value }) => value !== null);
  const isShared = sharedSources(inputs.dataset.attributes);
  const { interEntropyBandwidth } = inputs.options;
  return [
    ...(people === null ? [] : peopleLines(people)),
    ...section(
      `Largest inter-entropy: people differ (bandwidth ${interEntropyBandwidth})`,
      attributeTable(top(interEntropy, ({ interEntropy: value }) => value!)),
    ),
    ...section(
      'Smallest intra-entropy: images of a person agree',
      attributeTable(top(interEntropy, ({ intraEntropy: value }) => -value!)),
    ),
    ...(people === null ? section('Attributes', attributeTable(attributes)) : []),
    ...section(
      'Strongest associations',
      associationTable(
        top(
          associations.filter(({ a, b, cramersV }) => cramersV !== null && !isShared(a, b)),
          ({ cramersV }) => cramersV!,
        ),
      ),
    ),
  ];
}

function peopleLines({ imagesPerIdentity }: People): string[] {
  const { min, median, mean, max } = imagesPerIdentity;
  return [`images of a person: ${min} to ${max}, median ${median}, mean ${mean.toFixed(1)}`];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length < 2 ? [] : ['', title, ...lines];
}

function attributeTable(attributes: readonly AttributeResult[]): string[] {
  const ofPeople: TableColumn[] = attributes.some(({ interEntropy }) => interEntropy !== null)
    ? [
        right('inter', attributes, ({ interEntropy }) => decimals(interEntropy)),
        right('intra', attributes, ({ intraEntropy }) => decimals(intraEntropy)),
      ]
    : [];
  return tableLines([
    left('attribute', attributes, ({ attribute }) => attribute),
    ...ofPeople,
    right('average', attributes, ({ globalAverage }) => decimals(globalAverage)),
    right('positive', attributes, ({ nPositive }) => String(nPositive)),
    right('negative', attributes, ({ nNegative }) => String(nNegative)),
    right('unknown', attributes, ({ nUnknown }) => String(nUnknown)),
  ]);
}

/** A row of columns has Cramér's V alone. */
function associationTable(associations: readonly Association[]): string[] {
  return tableLines([
    left('attribute', associations, ({ a }) => a),
    left('with', associations, ({ b }) => b),
    right('phi', associations, ({ phi }) => decimals(phi)),
    right('Cramér’s V', associations, ({ cramersV }) => decimals(cramersV)),
    right('of people', associations, ({ phiOfPeople }) => decimals(phiOfPeople)),
    right('images', associations, ({ nImages }) => String(nImages)),
  ]);
}

function left<T>(head: string, rows: readonly T[], cell: (row: T) => string): TableColumn {
  return { head, cells: rows.map(cell), align: 'left' };
}

function right<T>(head: string, rows: readonly T[], cell: (row: T) => string): TableColumn {
  return { head, cells: rows.map(cell), align: 'right' };
}

function decimals(value: number | null): string {
  return value === null ? '–' : signed(value, 3);
}

function top<T>(rows: readonly T[], of: (row: T) => number): T[] {
  return [...rows].sort((x, y) => of(y) - of(x)).slice(0, nListed);
}
