import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { DatasetTable } from '../../../src/domain/datasetTable.ts';
import type { DiagnosticCode } from '../../../src/domain/diagnostic.ts';
import { type DatasetRequest, openDataset } from '../../../src/datasets/openDataset.ts';

/** A folder with these files in it, written in this order, and removed when the test ends. */
export async function temporaryFolder(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-datasets-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Files that have an image's name; readers never look into them. */
export function imageFiles(...paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, '']));
}

export function open(data: string, options: Partial<DatasetRequest> = {}): Promise<DatasetTable> {
  return openDataset({ data, annotations: null, signal: new AbortController().signal, ...options });
}

/** Items of a diagnostic; undefined where there is none. */
export function itemsOf(
  table: Pick<DatasetTable, 'diagnostics'>,
  code: DiagnosticCode,
): readonly string[] | undefined {
  return table.diagnostics.find((diagnostic) => diagnostic.code === code)?.items;
}

export function countOf(table: Pick<DatasetTable, 'diagnostics'>, code: DiagnosticCode): number {
  return table.diagnostics.find((diagnostic) => diagnostic.code === code)?.count ?? 0;
}

export function valuesOf(table: DatasetTable, attribute: string): number[] | undefined {
  const column = table.attributes.find(({ name }) => name === attribute);
  return column && [...column.values];
}

/** The person of each row, by name. */
export function peopleOf({ identities }: DatasetTable): string[] {
  return Array.from(identities.index, (number) => identities.names[number]!);
}

/** The text of a CelebA attribute table. */
export function celebaTable(names: string, rows: readonly string[], promised = rows.length): string {
  return [promised, names, ...rows, ''].join('\r\n');
}
