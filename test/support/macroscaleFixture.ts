import { readFileSync } from 'node:fs';
import type { AttributeColumn } from '../../src/domain/attributeColumn.ts';
import { identitiesFromNames } from '../../src/domain/datasetTable.ts';
import { readFloat32Npy } from './npy.ts';

const folder = new URL('../fixtures/macroscale/', import.meta.url);

/** The CelebA-shaped fixture: 7462 images, 300 identities, 12 attributes, 64 numbers an embedding. */
export const embeddings = readFloat32Npy(new URL('embeddings.npy', folder));

const lines = text('list_attr_celeba.txt').split('\n');
const names = lines[1]!.trim().split(/\s+/);
const table = lines.slice(2).map((line) => line.split(/\s+/));
const identityOf = new Map(
  text('identity_CelebA.txt')
    .split('\n')
    .map((line) => line.split(' ') as [string, string]),
);

export const images: readonly string[] = table.map((cells) => cells[0]!);

export const identities: Int32Array = identitiesFromNames(
  images.map((image) => identityOf.get(image)),
  images,
).index;

export const attributes: readonly AttributeColumn[] = names.map((name, column) => ({
  name,
  values: Int8Array.from(table, (cells) => Number(cells[column + 1])),
  rule: { kind: 'binary' },
}));

/** Rows of an expected CSV, by column name. */
export function csv(name: string): Readonly<Record<string, string>>[] {
  const [header, ...rows] = text(name).split('\n');
  const columns = header!.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(columns.map((column, i): [string, string] => [column, cells[i]!]));
  });
}

export function text(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8').trim();
}
