import { type QualitySubset, selectQualitySubset } from '../../analyses/qualitySubset.ts';
import { AppError } from '../../domain/appError.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { EmbeddingMatrix, Metric } from '../../domain/embeddingMatrix.ts';

export interface QualityOptions {
  readonly data: string;
  readonly minImages: number;
  readonly outlierFilter: boolean;
  readonly metric: Metric;
}

export function asksForSubset({ minImages, outlierFilter }: Omit<QualityOptions, 'metric'>): boolean {
  return minImages > 1 || outlierFilter;
}

/**
 * The rows of the paper's quality subset, and what is left after each step; what is lost goes to the diagnostics.
 * Throws `dataSetEmpty` where no row is left.
 */
export async function qualityRows(
  table: DatasetTable,
  embeddings: () => EmbeddingMatrix,
  { data, minImages, outlierFilter, metric }: QualityOptions,
  signal: AbortSignal,
  diagnostics: DiagnosticLog,
): Promise<QualitySubset> {
  const subset = await selectQualitySubset(
    {
      identities: table.identities.index,
      identityNames: table.identities.names,
      images: table.images,
      faceCounts: null,
      embeddings: outlierFilter ? embeddings() : null,
    },
    { minImages, metric },
    {
      signal,
      diagnostics,
      // Too short a step for a phase of its own; cancelling is noticed all the same.
      progress: () => undefined,
    },
  );
  subset.steps.forEach(({ step, nImages }, i) => {
    const nLost = (subset.steps[i - 1]?.nImages ?? nImages) - nImages;
    if (nLost > 0) diagnostics.add(step === 'outliers' ? 'imageOutlier' : 'imagesTooFew', undefined, nLost);
  });
  if (subset.rows.length > 0) return subset;
  throw new AppError(
    'dataSetEmpty',
    `No image of ${data} is left: no identity has ${minImages} images${outlierFilter ? ' that are no outliers' : ''}. Lower attributeLens.minImages.`,
    { data, minImages },
  );
}
