import { describeRule } from '../../domain/attributeColumn.ts';
import { isInside } from '../../analyses/differenceInterval.ts';
import type { ComparedRow, ComparisonPair } from '../../protocol/comparisonSchema.ts';
import type { Report } from '../../protocol/report.ts';
import { type Both, type ComparedPair, hasOneMetric, whereBoth } from './comparedPair.ts';

/** What a reader must know before believing a difference, in sentences. */
export function comparisonNotes(
  before: Report,
  after: Report,
  pairs: readonly ComparedPair[],
  compared: readonly ComparisonPair[],
): string[] {
  return [
    ...reportNotes(before, after, compared),
    ...merged(
      pairs.map((pair, i) => ({
        name: `${pair.before.name} → ${pair.after.name}`,
        notes: pairNotes(pair, compared[i]!),
      })),
    ),
  ];
}

function reportNotes(before: Report, after: Report, compared: readonly ComparisonPair[]): string[] {
  const [one, other] = [before.inputs.dataset, after.inputs.dataset];
  const rules = new Map(one.attributes.map(({ name, rule }) => [name, describeRule(rule)]));
  const changed = other.attributes.flatMap(({ name, rule }) => {
    const [own, theirs] = [rules.get(name), describeRule(rule)];
    return own === undefined || own === theirs ? [] : [`${name} (${own}; ${theirs})`];
  });
  const hasEnergies = compared.some(({ microscale }) => microscale.length > 0);
  const hasIntervals = compared.some((pair) =>
    rowsOf(pair).some(({ differenceCi }) => differenceCi !== null),
  );
  return [
    ...(compared.length === 0
      ? ['A report has no model: the inputs are compared, and there is nothing else to compare.']
      : []),
    ...(changed.length > 0
      ? [`Attributes of one name that were made by different rules: ${listed(changed)}.`]
      : []),
    ...(hasEnergies && movement(before) !== movement(after)
      ? ['The images were not moved alike (see the inputs): energies are of different movements.']
      : []),
    ...(hasIntervals && one.digest === other.digest
      ? [
          'Both reports are of the same images. Intervals of differences take the two sides for independent and are ' +
            'mostly wider than need be; models that are analysed in one report are compared on the same draws.',
        ]
      : []),
    ...(one.identitiesKnown === other.identitiesKnown
      ? []
      : ['Identities are known on one side only: on the other, each image counts as a person.']),
  ];
}

function pairNotes(pair: ComparedPair, compared: ComparisonPair): string[] {
  const { macroscale, microscale, verification } = pair;
  const metrics = [macroscale, microscale, verification].find((both) => !hasOneMetric(both));
  return [
    ...(metrics
      ? [
          `Distances are ${metrics.before!.metric} before and ${metrics.after!.metric} after: the scales differ, and a difference may come from that alone.`,
        ]
      : []),
    ...oneSided(macroscale, 'KS distances'),
    ...oneSided(microscale, 'energies'),
    ...oneSided(verification, 'verification'),
    ...(whereBoth(macroscale, ({ sampling: a }, { sampling: b }) =>
      a.points === b.points
        ? []
        : [`KS distances are of points «${a.points}» before and «${b.points}» after: the scales differ.`],
    ) ?? []),
    ...(compared.neighbours && compared.neighbours[0] !== compared.neighbours[1]
      ? [
          `Energies are of neighbours ${compared.neighbours[0]} before and ${compared.neighbours[1]} after, for lack of a common rule: the scales differ.`,
        ]
      : []),
    ...(pair.otherNeighbours.length > 0
      ? [
          `Energies are of neighbours ${compared.neighbours![0]}, the first rule of both; both reports also have ${pair.otherNeighbours.join(', ')}.`,
        ]
      : []),
    ...(whereBoth(verification, ({ sampling: a }, { sampling: b }) =>
      a.pairs === b.pairs
        ? []
        : [`Verification is of ${pairsNames[a.pairs]} before and of ${pairsNames[b.pairs]} after.`],
    ) ?? []),
    ...alone('KS distances', compared.macroscale),
    ...alone('energies', compared.microscale),
    ...withoutInterval('KS distances', compared.macroscale),
    ...withoutInterval('energies', compared.microscale),
  ];
}

/** How images were moved, whichever images they were; files of stencils are told by the digests of their embeddings. */
function movement({ inputs: { lattice } }: Report): string {
  return JSON.stringify(lattice?.kind === 'stencils' ? lattice.kind : [lattice?.kind, lattice?.attributes]);
}

const pairsNames = {
  protocol: 'the data set’s own pairs',
  dataSet: 'pairs of all images',
} as const satisfies Record<Report['results']['verification'][number]['sampling']['pairs'], string>;

function oneSided({ before, after }: Both<object>, what: string): string[] {
  if (Boolean(before) === Boolean(after)) return [];
  return [`Only the ${before ? 'first' : 'second'} report has ${what}: there is nothing to compare.`];
}

function alone(what: string, rows: readonly ComparedRow[]): string[] {
  const names = (side: 'before' | 'after', other: 'before' | 'after') => [
    ...new Set(rows.flatMap((row) => (row[side] && !row[other] ? [row.attribute] : []))),
  ];
  return [
    ['first', names('before', 'after')] as const,
    ['second', names('after', 'before')] as const,
  ].flatMap(([side, own]) =>
    own.length > 0 ? [`Only the ${side} report has ${what} of ${listed(own)}.`] : [],
  );
}

function withoutInterval(what: string, rows: readonly ComparedRow[]): string[] {
  const both = rows.flatMap(({ before, after }) => (before && after ? [[before, after] as const] : []));
  const sides = [0, 1].map((i) => both.some((row) => row[i]!.ci !== null));
  const nOutside = both.filter((row) => row.some((side) => side.ci !== null && !isInside(side))).length;
  if (both.length === 0) return [];
  if (!sides.every(Boolean)) {
    const which = sides.some(Boolean)
      ? `the ${sides[0] ? 'second' : 'first'} report has`
      : 'the reports have';
    return [`Differences of ${what} come without intervals: ${which} none.`];
  }
  return nOutside === 0
    ? []
    : [
        `${nOutside} ${nOutside === 1 ? 'difference' : 'differences'} of ${what} without an interval: on a side, the bootstrap’s interval does not hold the value it is of.`,
      ];
}

function rowsOf({ macroscale, microscale, verification }: ComparisonPair): ComparedRow[] {
  return [...macroscale, ...microscale, ...verification];
}

const nListed = 10;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, nListed).join(', ');
  return names.length > nListed ? `${shown} and ${names.length - nListed} more` : shown;
}

/** A sentence of several pairs once; those of some pairs alone name them. */
function merged(pairs: readonly { readonly name: string; readonly notes: readonly string[] }[]): string[] {
  const named = new Map<string, string[]>();
  for (const { name, notes } of pairs) {
    for (const note of notes) named.set(note, [...(named.get(note) ?? []), name]);
  }
  return Array.from(named, ([note, names]) =>
    names.length === pairs.length ? note : `${listed(names)}: ${note}`,
  );
}
