import { z } from 'zod';
import { AppError, messageOf } from '../domain/appError.ts';
import { type Comparison, comparisonSchema, comparisonVersion } from './comparisonSchema.ts';
import { readReport } from './readReport.ts';
import type { Report } from './report.ts';

/** What a `*.attrlens.json` holds. */
export type ReportFile =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'comparison'; readonly comparison: Comparison };

/** Told apart by `schema`. @throws AppError reportInvalid and reportVersion, as `readReport`. */
export function parseReportFile(text: string): ReportFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AppError(
      'reportInvalid',
      `The file is not JSON: ${messageOf(error)}. Run the analysis again to write it anew.`,
      {},
      error,
    );
  }
  return isComparison(json)
    ? { kind: 'comparison', comparison: readComparison(json) }
    : { kind: 'report', report: readReport(json) };
}

export function isComparison(json: unknown): boolean {
  return z.looseObject({ schema: z.literal('attribute-lens.comparison') }).safeParse(json).success;
}

/**
 * Checks a parsed comparison.
 * @throws AppError reportInvalid, naming the broken part; reportVersion: written by a newer version of the product.
 */
export function readComparison(json: unknown): Comparison {
  const envelope = z
    .looseObject({ schema: z.literal('attribute-lens.comparison'), version: z.int().positive() })
    .safeParse(json);
  if (!envelope.success) {
    throw new AppError(
      'reportInvalid',
      'The file is not a comparison of Attribute Lens reports: it lacks `"schema": "attribute-lens.comparison"` and a version.',
    );
  }
  const { version } = envelope.data;
  if (version > comparisonVersion) {
    throw new AppError(
      'reportVersion',
      `The comparison has version ${version}, newer than ${comparisonVersion}, the newest this version of Attribute Lens reads. Update Attribute Lens.`,
      { version, newest: comparisonVersion },
    );
  }
  const parsed = comparisonSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const place = z.core.toDotPath(issue.path);
  throw new AppError(
    'reportInvalid',
    `The comparison is broken at ${place === '' ? 'its top level' : `«${place}»`}: ${issue.message}. Compare the reports again to write it anew.`,
    { place, problem: issue.message },
  );
}
