import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { messageOf } from '../../domain/appError.ts';
import { hasProjection } from '../../protocol/hasProjection.ts';
import type { Projection } from '../../protocol/projectionSchema.ts';
import { isProjectionOf, projectionFileOf, readProjection } from '../../protocol/readProjection.ts';
import type { Report } from '../../protocol/report.ts';

/** What of a projection an export takes along. */
export type ProjectionBeside =
  | { readonly kind: 'found'; readonly projection: Projection }
  /** None was computed, though there could be one. */
  | { readonly kind: 'none' }
  /** There is a file, but none that is of this report; `why` is a sentence. */
  | { readonly kind: 'unfit'; readonly why: string }
  /** The report has no embeddings that could be projected. */
  | { readonly kind: 'never' };

/** The projection that lies beside a report's file; an export is made without it rather than not at all. */
export async function projectionBeside(reportFile: string, report: Report): Promise<ProjectionBeside> {
  if (!hasProjection(report)) return { kind: 'never' };
  const file = projectionFileOf(reportFile);
  const name = basename(file);
  try {
    const projection = readProjection(await readFile(file, 'utf8'), name);
    if (isProjectionOf(projection, report)) return { kind: 'found', projection };
    return {
      kind: 'unfit',
      why: `${name} shows other data or another model than this report. Compute it again.`,
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'none' };
    return { kind: 'unfit', why: messageOf(error) };
  }
}
