import * as paths from 'node:path';
import type { AlignmentRecord } from '../../domain/alignment.ts';
import type { Metric } from '../../domain/embeddingMatrix.ts';
import type { ProviderRecord } from '../../domain/provider.ts';
import { relativePath } from '../../protocol/jobRecord.ts';
import type { ModelInput } from '../../protocol/report.ts';
import type { EmbeddedRefs } from './embedRefs.ts';

/** What of a job a report's model depends on; `metric` as it was asked for. */
interface ModelUse {
  readonly metric: 'auto' | Metric;
  readonly report: string;
}

/** What a report says about a model that ran. */
export function modelInput(
  name: string,
  { model, alignment }: Pick<EmbeddedRefs, 'model' | 'alignment'>,
  file: string,
  { metric, report }: ModelUse,
): ModelInput {
  const { sha256, dim, batchSize, precision, provider, profile } = model;
  return {
    name,
    file: relativePath(paths.dirname(report), file, paths),
    sha256,
    family: profile.family,
    why: profile.why,
    preprocessing: profile.preprocessing,
    alignment: alignmentInput(alignment),
    flip: profile.flip,
    dim,
    metric: metric === 'auto' ? profile.metric : metric,
    batchSize,
    precision,
    provider: providerInput(provider),
  };
}

/** What a report says about ready embeddings that stand in for a model. */
export function readyModelInput(
  name: string,
  { sha256 }: { readonly sha256: string },
  dim: number,
  /** `null` where the vectors lie in several files. */
  file: string | null,
  { metric, report }: ModelUse,
): ModelInput {
  return {
    name,
    file: file === null ? null : relativePath(paths.dirname(report), file, paths),
    sha256,
    family: 'embeddings',
    why: 'Ready embeddings, used as they are.',
    preprocessing: null,
    alignment: null,
    flip: false,
    dim,
    metric: metric === 'auto' ? 'cosine' : metric,
    batchSize: 0,
    precision: 'single',
    provider: null,
  };
}

/** Two models of one name are told apart, since results refer to them by name. */
export function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; used.has(unique); n++) unique = `${name} (${n})`;
    used.add(unique);
    return unique;
  });
}

function providerInput(provider: ProviderRecord): NonNullable<ModelInput['provider']> {
  return { ...provider, refused: [...provider.refused] };
}

function alignmentInput(record: AlignmentRecord): ModelInput['alignment'] {
  return record.kind === 'detected' ? { ...record, provider: providerInput(record.provider) } : record;
}
