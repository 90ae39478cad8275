import { z } from 'zod';
import type { Report } from './report.ts';

/** Parts of a report as plain facts, for who asks in words or by a script. Pure. */

export const reportSectionNames = [
  'overview',
  'macroscale',
  'modelComparisons',
  'microscale',
  'verification',
  'discriminative',
  'data',
  'run',
] as const;
export type ReportSectionName = (typeof reportSectionNames)[number];

export const sectionQuerySchema = z.strictObject({
  section: z.enum(reportSectionNames),
  /** Only this model's results, as the report names it. */
  model: z.string().optional(),
  /** Only this attribute's rows. */
  attribute: z.string().optional(),
  /** Rows of each list, the strongest first. */
  limit: z.int().min(1).max(1000).optional(),
});
export type SectionQuery = z.infer<typeof sectionQuerySchema>;

export interface ReportSection {
  readonly section: ReportSectionName;
  /** What the numbers mean and what they do not. */
  readonly meaning: string;
  readonly facts: unknown;
}

const defaultLimit = 40;

/** One part of a report; lists are empty where it was not measured. */
export function readSection(report: Report, query: SectionQuery): ReportSection {
  const { section } = query;
  return { section, meaning: meanings[section], facts: factsOf[section](report, query) };
}

const meanings: Readonly<Record<ReportSectionName, string>> = {
  overview: 'What was analysed, by which models and providers, what was left out and why.',
  macroscale:
    'Signed KS distance between within-modality and cross-modality distances of people: positive where people of the modality lie closer to each other than to the others. beyondChance is the permutation test, adjusted over all rows (false discovery rate 5 %); null where none was made. A large KS says that the attribute shapes distances between people, not that the model is biased against them.',
  modelComparisons:
    'Differences of signed KS between two models on the same people, with 95 % intervals of a paired bootstrap; not adjusted for their number.',
  microscale:
    'Invariance energy of the field by which an attribute moves embeddings of one person: 0 all move alike (the model depends on it), 1 no common direction. Read it with stepOverWithin, the length of a step over the distance between two images of one person: near 0 the model hardly sees the attribute.',
  verification:
    'How well the model tells people apart: AUC, equal error rate, true accept rate at false accept rates with 95 % intervals, and the modalities with the lowest accept rates.',
  discriminative: 'How well a linear classifier reads the attribute from the embedding, cross-validated.',
  data: 'Counts, entropies and associations of the attributes, from the annotations alone.',
  run: 'Models, preprocessing, options, seed, versions and times: all that is needed to make the report again.',
};

type Facts = (report: Report, query: SectionQuery) => unknown;

const factsOf: Readonly<Record<ReportSectionName, Facts>> = {
  overview: ({ inputs, diagnostics, results, times }) => ({
    dataset: pick(inputs.dataset, ['name', 'nImages', 'nIdentities', 'identitiesKnown']),
    models: inputs.models.map(({ name, family, dim, metric, provider }) => ({
      name,
      family,
      dim,
      metric,
      provider: provider?.ran ?? null,
      agreesWithCpu: provider?.agreement ?? null,
    })),
    measured: Object.entries(results).flatMap(([name, list]) =>
      Array.isArray(list) && list.length > 0 ? [name] : [],
    ),
    leftOut: diagnostics.map(({ code, message, count }) => ({ code, message, count })),
    finished: times.finished,
  }),
  macroscale: ({ results }, query) =>
    ofModel(results.macroscale, query).map(({ model, metric, sampling, rows }) => ({
      model,
      metric,
      sampling,
      rows: strongest(
        rows.filter((row) => isWanted(row, query)),
        (row) => row.ks,
        query,
      ).map((row) => ({
        attribute: row.attribute,
        modality: row.modality,
        ks: row.sign * row.ks,
        ci: row.ci,
        nIdentities: row.nIdentities,
        chance95: row.null95,
        pAdjusted: row.pAdjusted,
        beyondChance: row.pAdjusted === null ? null : row.pAdjusted < 0.05,
      })),
    })),
  modelComparisons: ({ results }, query) =>
    results.comparisons.map((comparison) => ({
      ...comparison,
      rows: strongest(
        comparison.rows.filter((row) => isWanted(row, query)),
        (row) => Math.abs(row.difference),
        query,
      ),
    })),
  microscale: ({ results }, query) =>
    ofModel(results.microscale, query).map(({ model, metric, neighbours, rows }) => ({
      model,
      metric,
      neighbours,
      rows: strongest(
        rows.filter((row) => row.identity === null && isWanted(row, query)),
        (row) => -(row.energy ?? Infinity),
        query,
      ).map((row) =>
        pick(row, [
          'attribute',
          'energy',
          'ci',
          'stepLength',
          'stepOverWithin',
          'nIdentities',
          'nCurves',
          'moves',
          'reason',
        ]),
      ),
    })),
  verification: ({ results }, query) =>
    ofModel(results.verification, query).map((one) => ({
      ...pick(one, [
        'model',
        'metric',
        'nImages',
        'nIdentities',
        'meanWithin',
        'meanWithinCi',
        'meanBetween',
        'meanBetweenCi',
        'auc',
        'aucCi',
        'eer',
        'eerCi',
        'tar',
      ]),
      modalities: strongest(
        one.modalities.filter((row) => isWanted(row, query)),
        (row) => -(row.rates.at(-1)?.tar ?? Infinity),
        query,
      ),
    })),
  discriminative: ({ results }, query) =>
    ofModel(results.discriminative, query).map((one) => ({
      ...one,
      rows: one.rows.filter((row) => isWanted(row, query)).slice(0, query.limit ?? defaultLimit),
    })),
  data: ({ results }, query) => ({
    people: results.people,
    attributes: results.attributes.filter((row) => isWanted(row, query)),
    associations: strongest(
      results.associations.filter(
        ({ a, b }) => query.attribute === undefined || [a, b].includes(query.attribute),
      ),
      ({ phi }) => Math.abs(phi ?? 0),
      query,
    ),
  }),
  run: ({ createdBy, inputs, times }) => ({ createdBy, inputs, times }),
};

function ofModel<T extends { readonly model: string }>(
  list: readonly T[],
  { model }: SectionQuery,
): readonly T[] {
  return model === undefined ? list : list.filter((one) => one.model === model);
}

function isWanted({ attribute }: { readonly attribute: string }, query: SectionQuery): boolean {
  return query.attribute === undefined || attribute === query.attribute;
}

/** By falling strength, `limit` of them. */
function strongest<T>(
  rows: readonly T[],
  strength: (row: T) => number,
  { limit = defaultLimit }: SectionQuery,
): T[] {
  return [...rows].sort((a, b) => strength(b) - strength(a)).slice(0, limit);
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
