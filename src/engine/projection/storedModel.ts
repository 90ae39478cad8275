import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/appError.ts';
import type { AlignmentRecord } from '../../domain/alignment.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import type { ModelOverride } from '../../domain/preprocessing.ts';
import type { JobContext } from '../../domain/progress.ts';
import {
  canonicalJson,
  describedBy,
  type StoreDescription,
  storeFingerprint,
} from '../../embedding/storeDescription.ts';
import { storeFiles } from '../../embedding/storeFormat.ts';
import { VectorStore } from '../../embedding/vectorStore.ts';
import { identifyModel } from '../../models/prepareModel.ts';
import type { ModelInput } from '../../protocol/report.ts';
import { alignmentFingerprint } from '../jobs/embedRefs.ts';
import { keyWithLandmarks } from '../jobs/frameImages.ts';
import type { OpenedImages } from '../jobs/openImages.ts';

/** Where a report's vectors were put. */
export interface StorePlace {
  readonly storeFolder: string;
  /** Those of the report: vectors of other versions are others. */
  readonly libraries: Readonly<Record<string, string>>;
  readonly log: JobContext['log'];
}

/** The store that exists already, to be closed by the caller; `null`: there is none. Makes nothing. */
export async function openExisting(
  description: StoreDescription,
  { storeFolder, log }: StorePlace,
): Promise<VectorStore | null> {
  const folder = join(storeFolder, storeFingerprint(describedBy(description)));
  if (!existsSync(join(folder, storeFiles.meta))) return null;
  return VectorStore.open({ storeFolder, description, log });
}

/**
 * The store of what a report's model gave, found by what the report says of the model: neither the model nor its
 * file is needed, unless several of its outputs were embedded.
 */
export async function openStoredModel(
  input: ModelInput,
  override: ModelOverride | undefined,
  paperCompat: boolean,
  place: StorePlace,
): Promise<VectorStore | null> {
  const found = (await storeDescriptions(place.storeFolder)).filter((description) =>
    isOf(description, input, place.libraries),
  );
  if (found.length <= 1 || override === undefined) return found[0] ? openExisting(found[0], place) : null;
  const { embeddingOutput, normOutput } = (await identifyModel(override, paperCompat)).profile;
  const outputs = canonicalJson([embeddingOutput, normOutput]);
  const own = found.find(({ parts }) => canonicalJson(parts['outputs']) === outputs);
  return own ? openExisting(own, place) : null;
}

/** The store's key of each row; `null`: a table of landmarks has none for it. */
export function storeKeys({ table, keys }: OpenedImages, alignment: AlignmentRecord): (string | null)[] {
  if (alignment.kind !== 'landmarks' || alignment.source !== 'table') return [...keys];
  return keys.map((key, row) => {
    const points = landmarksOf(table, row);
    return points?.every(Number.isFinite) ? keyWithLandmarks(key, points, table.landmarkFrame) : null;
  });
}

function landmarksOf({ landmarks }: DatasetTable, row: number): Float32Array | undefined {
  return landmarks?.subarray(row * 10, row * 10 + 10);
}

function isOf(
  { kind, dim, parts }: StoreDescription,
  { sha256, preprocessing, alignment, flip, dim: wantedDim, provider }: ModelInput,
  libraries: Readonly<Record<string, string>>,
): boolean {
  if (kind !== 'embeddings' || alignment === null || provider === null || dim !== wantedDim) return false;
  const wanted = {
    model: sha256,
    preprocessing,
    flip,
    alignment: alignmentFingerprint(alignment),
    provider: provider.ran,
    libraries,
  };
  return Object.entries(wanted).every(([key, value]) => isSame(parts[key], value));
}

function isSame(found: unknown, wanted: unknown): boolean {
  return found !== undefined && canonicalJson(found) === canonicalJson(wanted);
}

/** What each whole store of a folder says of itself; others are passed over. */
async function storeDescriptions(storeFolder: string): Promise<readonly StoreDescription[]> {
  const names = await readdir(storeFolder).catch(() => []);
  const found: StoreDescription[] = [];
  for (const name of names.filter((one) => /^[0-9a-f]{64}$/.test(one)).sort()) {
    const text = await readFile(join(storeFolder, name, storeFiles.meta), 'utf8').catch(() => null);
    const description = text === null ? null : descriptionOf(text);
    if (description && storeFingerprint(describedBy(description)) === name) found.push(description);
  }
  return found;
}

/** The fingerprint tells whether what is read is a description at all. */
function descriptionOf(meta: string): StoreDescription | null {
  try {
    const { kind, dim, hasNorms, parts } = JSON.parse(meta) as StoreDescription;
    const description = { kind, dim, hasNorms, parts };
    canonicalJson(description);
    return description;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof AppError) return null;
    throw error;
  }
}
