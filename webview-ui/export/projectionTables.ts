import type { Projection } from '../../src/protocol/projectionSchema.ts';
import type { ClusteredShare } from '../../src/numerics/pairClusters.ts';
import type { ProfileRow } from '../projection/profile.ts';
import { type Column, columnsOf, type Table, tableOf } from './table.ts';

/** Coordinates of all points under a column's name. */
export interface PointColumn {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

const point = columnsOf<number>();

/**
 * Columns of points, which are lines by their numbers: image, identity, places, each attribute as 1 or 0, and each
 * number; nothing where one is not known.
 */
export function pointColumns(projection: Projection, places: readonly PointColumn[]): Column<number>[] {
  const { points, attributes, numbers } = projection;
  const columns = [
    point.text('image', (at) => points.images[at]),
    point.text('identity', (at) => points.identityNames[points.identities[at]!]),
    ...places.map(({ name, values }) => point.number(name, (at) => values[at])),
    ...attributes.map(({ name, codes }) => point.count(name, (at) => outcomes[codes.charAt(at)])),
    ...numbers.map(({ name, values }) => point.number(name, (at) => values[at])),
  ];
  return withOwnNames(columns);
}

const outcomes: Readonly<Record<string, number>> = { '+': 1, '-': 0 };

/** A column is found by its name, and an attribute may be called `x`. */
function withOwnNames(columns: readonly Column<number>[]): Column<number>[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let n = 2; taken.has(name); n++) name = `${column.name}_${n}`;
    taken.add(name);
    return { ...column, name };
  });
}

const profiled = columnsOf<ProfileRow>();

function sideColumns(name: string, sideOf: (row: ProfileRow) => ClusteredShare | null): Column<ProfileRow>[] {
  return [
    profiled.number(`share_${name}`, (row) => sideOf(row)?.share),
    ...profiled.interval(`share_${name}`, (row) => sideOf(row)?.interval),
    profiled.count(`n_images_${name}`, (row) => sideOf(row)?.nPairs ?? 0),
    profiled.count(`n_identities_${name}`, (row) => sideOf(row)?.nClusters ?? 0),
  ];
}

/** What is selected on a map against the rest: shares, not percent. */
export const profileColumns: readonly Column<ProfileRow>[] = [
  profiled.text('attribute', ({ attribute }) => attribute),
  ...sideColumns('inside', ({ inside }) => inside),
  ...sideColumns('outside', ({ outside }) => outside),
  profiled.number('difference', ({ difference }) => difference),
  ...profiled.interval('difference', ({ interval }) => interval),
];

/** All points, with their places in every drawing of every model. */
export function projectionTable(projection: Projection): Table {
  const { models, points } = projection;
  const places = models.flatMap(({ model, metric, umap, pca }) => {
    const namesakes = models.filter((other) => other.model === model).length;
    const label = namesakes > 1 ? `${model} (${metric})` : model;
    const named = (name: string) => (models.length === 1 ? name : `${name} of ${label}`);
    return [
      { name: named('umap_x'), values: umap.x },
      { name: named('umap_y'), values: umap.y },
      { name: named('pca_x'), values: pca.x },
      { name: named('pca_y'), values: pca.y },
    ];
  });
  const lines = Array.from(points.images, (_, at) => at);
  return tableOf('projection', pointColumns(projection, places), lines);
}
