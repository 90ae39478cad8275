import { parse } from 'jsonc-parser';
import { z } from 'zod';

/** What a report holds, as far as its first part says it. */
export interface ReportHead {
  /** «sample · arcface-r50», or nothing where the head does not say. */
  readonly dataset: string | null;
  readonly models: readonly string[];
  /** Which question it answers. */
  readonly holds: ReportContent | null;
}

export type ReportContent =
  'macroscale' | 'verification' | 'both' | 'description' | 'invariance' | 'energyValidation' | 'comparison';

/** Enough for the inputs of a report of forty attributes and a few models. */
export const headBytes = 48 * 1024;

const headSchema = z.looseObject({
  schema: z.string().optional(),
  inputs: z
    .looseObject({
      dataset: z.looseObject({ name: z.string() }).optional().catch(undefined),
      models: z
        .array(z.looseObject({ name: z.string() }).nullable().catch(null))
        .optional()
        .catch(undefined),
      job: z
        .looseObject({ kind: z.string(), analyses: z.array(z.string()).optional() })
        .nullish()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** Reads the beginning of a report; it need not be whole JSON. `fileName` tells what the text does not. */
export function readReportHead(text: string, fileName: string): ReportHead {
  const parsed = headSchema.safeParse(parse(text, [], { allowTrailingComma: true }));
  const head = parsed.success ? parsed.data : {};
  const { dataset, models = [], job } = head.inputs ?? {};
  return {
    dataset: dataset?.name ?? null,
    models: models.flatMap((model) => (model === null ? [] : [model.name])),
    holds:
      head.schema === 'attribute-lens.comparison'
        ? 'comparison'
        : (contentOf(job) ?? contentByName(fileName)),
  };
}

function contentOf(
  job: { readonly kind: string; readonly analyses?: readonly string[] | undefined } | null | undefined,
): ReportContent | null {
  if (!job) return null;
  switch (job.kind) {
    case 'analyze': {
      const verifies = job.analyses?.includes('verification') ?? false;
      const compares = job.analyses?.includes('macroscale') ?? true;
      if (verifies && compares) return 'both';
      return verifies ? 'verification' : 'macroscale';
    }
    case 'describe':
      return 'description';
    case 'invariance':
      return 'invariance';
    case 'validateEnergy':
      return 'energyValidation';
    default:
      return null;
  }
}

/** By the names that reports get where nobody gives them another one. */
function contentByName(fileName: string): ReportContent | null {
  const mark = /-(verification|description|invariance)\.attrlens\.json$/.exec(fileName)?.[1];
  return mark === 'verification' || mark === 'description' || mark === 'invariance' ? mark : null;
}
