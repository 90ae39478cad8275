import { z } from 'zod';
import { AppError } from '../domain/appError.ts';
import { type Report, reportSchema, reportVersion } from './report.ts';

/** A report as JSON of any earlier version, brought to today's shape. */
type Migration = (report: Record<string, unknown>) => Record<string, unknown>;

/** `migrations[n]` brings version n to n + 1. Each has a fixture in test/fixtures/reports. */
const migrations: Readonly<Record<number, Migration>> = {
  1: addAlignment,
  2: addInference,
  3: addProvenance,
};

/**
 * Checks a parsed report file and brings it to the newest version.
 * @throws AppError reportInvalid: not a report, or one with a broken part, which is named;
 *   reportVersion: written by a newer version of the product.
 */
export function readReport(json: unknown): Report {
  const parsed = reportSchema.safeParse(migrate(json));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const place = z.core.toDotPath(issue.path);
  throw new AppError(
    'reportInvalid',
    `The report is broken at ${place === '' ? 'its top level' : `«${place}»`}: ${issue.message}. Run the analysis again to write it anew.`,
    { place, problem: issue.message },
  );
}

/** Version 1 showed whole images to every model and knew neither subsets nor verification. */
function addAlignment(report: Record<string, unknown>): Record<string, unknown> {
  const { inputs, results } = report as {
    inputs: { dataset: object; options: object; models: { preprocessing: unknown }[] };
    results: object;
  };
  return {
    ...report,
    inputs: {
      ...inputs,
      dataset: { ...inputs.dataset, subset: [] },
      models: inputs.models.map((model) => ({
        ...model,
        alignment: model.preprocessing === null ? null : { kind: 'none' },
        flip: false,
      })),
      options: {
        ...inputs.options,
        alignment: 'none',
        faces: 'single',
        minImages: 1,
        outlierFilter: false,
        paperCompat: false,
      },
    },
    results: { ...results, verification: [] },
  };
}

/** Version 2 knew the paper's macroscale alone: KS of a drawn sample, with the naive p-value. */
function addInference(report: Record<string, unknown>): Record<string, unknown> {
  const { inputs, results } = report as {
    inputs: { options: object };
    results: { macroscale: { sampling: object; rows: EarlyRow[] }[] };
  };
  return {
    ...report,
    inputs: {
      ...inputs,
      lattice: null,
      options: {
        ...inputs.options,
        points: 'sample',
        repeats: 1,
        permutations: 0,
        bootstraps: 0,
        confounders: 0,
        discriminativeImages: 0,
        interEntropyBandwidth: 0.1,
        combinations: [],
        pairwiseValues: false,
        neighbours: [],
      },
    },
    results: {
      ...results,
      people: null,
      associations: [],
      comparisons: [],
      discriminative: [],
      ...noMicroscale,
      macroscale: results.macroscale.map((one) => ({
        ...one,
        sampling: { ...one.sampling, points: 'sample', repeats: 1 },
        inference: { permutations: 0, bootstraps: 0, nBins: 0, maxPoints: null },
        attributes: [],
        correlations: [],
        conditional: [],
        rows: one.rows.map((row) => ({ ...row, ...unknownInEarlyRow, nImages: row.nIdentities })),
      })),
    },
  };
}

/** Version 3 had neither what runs it again nor faces to look at. */
function addProvenance(report: Record<string, unknown>): Record<string, unknown> {
  const { inputs, results, times } = report as {
    inputs: { dataset: object; models: EarlyModel[] };
    results: { verification: object[] };
    times: object;
  };
  return {
    ...report,
    inputs: {
      ...inputs,
      job: null,
      products: null,
      dataset: { ...inputs.dataset, annotationFile: null, source: null },
      models: inputs.models.map((model) => ({
        ...model,
        file: null,
        precision: 'single',
        provider: withNodeTime(model.provider),
        alignment:
          model.alignment?.provider === undefined
            ? model.alignment
            : { ...model.alignment, provider: withNodeTime(model.alignment.provider) },
      })),
    },
    results: {
      ...results,
      faces: [],
      extremes: [],
      verification: results.verification.map((one) => ({ ...one, ...unknownIntervals })),
    },
    times: { ...times, throughput: [] },
  };
}

interface EarlyModel {
  readonly provider: object | null;
  readonly alignment: { readonly provider?: object } | null;
}

/** The share of nodes was kept before that of their time. */
function withNodeTime(provider: object | null): object | null {
  return provider && { ...provider, nodeTimeShare: null };
}

const unknownIntervals = {
  aucCi: null,
  eerCi: null,
  meanWithinCi: null,
  meanBetweenCi: null,
  ratioCi: null,
};

const noMicroscale = {
  microscale: [],
  microscaleComparisons: [],
  fieldAlignments: [],
  retentions: [],
  fieldDrawings: [],
  energyValidations: [],
};

interface EarlyRow {
  readonly nIdentities: number;
}

const unknownInEarlyRow = {
  ksUpper: null,
  pPermutation: null,
  pAdjusted: null,
  pHolm: null,
  null95: null,
  nEffective: null,
  ci: null,
  auc: null,
  aucCi: null,
  meanDifference: null,
  meanDifferenceCi: null,
  repeats: null,
};

function migrate(json: unknown): unknown {
  const envelope = z.looseObject({ schema: z.literal('attribute-lens.report'), version: z.int().positive() });
  const parsed = envelope.safeParse(json);
  if (!parsed.success) {
    throw new AppError(
      'reportInvalid',
      'The file is not an Attribute Lens report: it lacks `"schema": "attribute-lens.report"` and a version.',
    );
  }
  let report: Record<string, unknown> & { version: number } = parsed.data;
  if (report.version > reportVersion) {
    throw new AppError(
      'reportVersion',
      `The report has version ${report.version}, newer than ${reportVersion}, the newest this version of Attribute Lens reads. Update Attribute Lens.`,
      { version: report.version, newest: reportVersion },
    );
  }
  while (report.version < reportVersion) {
    const step = migrations[report.version];
    if (!step) throw new AppError('reportVersion', `No migration from report version ${report.version}.`);
    report = { ...step(report), version: report.version + 1 };
  }
  return report;
}
