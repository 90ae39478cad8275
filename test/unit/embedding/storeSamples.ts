import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { LogLevel } from '../../../src/domain/progress.ts';
import type { StoreDescription } from '../../../src/embedding/storeDescription.ts';
import { type StoreRow, VectorStore } from '../../../src/embedding/vectorStore.ts';

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function description(change: Partial<StoreDescription> = {}): StoreDescription {
  return { kind: 'embeddings', dim: 3, hasNorms: false, parts: { model: 'm' }, ...change };
}

/** Row i of a store of width 3. */
export function row(i: number, change: Partial<StoreRow> = {}): StoreRow {
  return {
    key: keyOf(`image ${i}`),
    vector: Float32Array.of(i, i + 0.5, -i),
    norm: null,
    usable: true,
    ...change,
  };
}

export interface OpenedStore {
  readonly store: VectorStore;
  readonly log: readonly string[];
}

export async function openStore(
  t: TestContext,
  storeFolder: string,
  change: Partial<StoreDescription> = {},
): Promise<OpenedStore> {
  const log: string[] = [];
  const store = await VectorStore.open({
    storeFolder,
    description: description(change),
    log: (level: LogLevel, message: string) => log.push(`${level}: ${message}`),
  });
  t.after(() => store.close());
  return { store, log };
}
