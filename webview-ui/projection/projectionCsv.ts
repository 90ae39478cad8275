import type { Projection } from '../../src/protocol/projectionSchema.ts';
import { linesAsCsv } from '../export/csvText.ts';
import { pointColumns, profileColumns } from '../export/projectionTables.ts';
import type { PointSet } from './pointSet.ts';
import type { ProfileRow } from './profile.ts';

/** The selected points, one line each, with their places on the map that is looked at. */
export function selectionAsCsv(projection: Projection, points: PointSet, selected: Int32Array): string {
  return linesAsCsv(pointColumns(projection, placesOf(points)), Array.from(selected));
}

export function allPointsAsCsv(projection: Projection, points: PointSet): string {
  const lines = Array.from(points.x, (_, point) => point);
  return linesAsCsv(pointColumns(projection, placesOf(points)), lines);
}

export function profileAsCsv(rows: readonly ProfileRow[]): string {
  return linesAsCsv(profileColumns, rows);
}

function placesOf({ x, y }: PointSet) {
  return [
    { name: 'x', values: x },
    { name: 'y', values: y },
  ];
}

/** «faces.attrlens.json» → «faces-umap-selection.csv», or «faces-umap-profile.csv» */
export function selectionFileName(
  reportFileName: string,
  method: string,
  what: 'selection' | 'profile',
): string {
  const stem = reportFileName.replace(/\.attrlens\.json$|\.json$/, '').slice(0, 150);
  return `${stem === '' ? 'report' : stem}-${method}-${what}.csv`;
}
