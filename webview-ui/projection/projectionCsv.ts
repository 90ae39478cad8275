import type { Projection } from '../../src/protocol/projectionSchema.ts';
import { textCell } from '../export/csvText.ts';
import type { PointSet } from './pointSet.ts';

/** The selected points, one line each: image, identity, place, and each attribute as 1, 0, or nothing where unknown. */
export function selectionAsCsv(projection: Projection, { x, y }: PointSet, selected: Int32Array): string {
  const { points, attributes } = projection;
  const head = ['image', 'identity', 'x', 'y', ...attributes.map(({ name }) => textCell(name))];
  const lines = Array.from(selected, (point) =>
    [
      textCell(points.images[point]!),
      textCell(points.identityNames[points.identities[point]!]!),
      x[point]!,
      y[point]!,
      ...attributes.map(({ codes }) => cells[codes.charAt(point)] ?? ''),
    ].join(','),
  );
  return [head.join(','), ...lines, ''].join('\r\n');
}

const cells: Readonly<Record<string, string>> = { '+': '1', '-': '0' };

/** «faces.attrlens.json» → «faces-umap-selection.csv» */
export function selectionFileName(reportFileName: string, method: string): string {
  const stem = reportFileName.replace(/\.attrlens\.json$|\.json$/, '').slice(0, 150);
  return `${stem === '' ? 'report' : stem}-${method}-selection.csv`;
}
