import { openDataset } from '../../datasets/openDataset.ts';
import { cancelledError, isAppError } from '../../domain/appError.ts';
import { selectRows } from '../../domain/datasetTable.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import { latticeAxes } from '../../domain/latticeAttribute.ts';
import type { JobContext } from '../../domain/progress.ts';
import { type AugmentedRef, augmentingDecoder } from '../../embedding/augmentFaces.ts';
import { planLattice, stepOf } from '../../embedding/latticePlan.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { LatticePreview, LatticePreviewJob } from '../../protocol/microscaleJobs.ts';
import { frameImages, wholeImages } from './frameImages.ts';
import { libraryVersions } from './libraryVersions.ts';
import { digestedImages } from './openImages.ts';
import { cropSize, dataUri, sampleRows } from './previewParts.ts';

type PreviewRow = LatticePreview['attributes'][number]['rows'][number];

/**
 * Shows what a model will see along the segments of a few lattice points, one of each image, by the code that
 * embeds them. Nothing is written but the store of detections.
 */
export async function runLatticePreviewJob(job: LatticePreviewJob, context: JobContext): Promise<JobResult> {
  context.progress({ phase: 'scan', done: 0, total: 1, item: job.data });
  const whole = await openDataset({ data: job.data, annotations: job.annotations, signal: context.signal });
  const table = selectRows(whole, sampleRows(whole.images.length, job.nPoints, job.seed));
  const diagnostics = new DiagnosticLog();
  const opened = await digestedImages(table, job, context, diagnostics);
  const { width, height, seesWhole } = await cropSize(job);
  const libraries = await libraryVersions();
  const { refs } = seesWhole
    ? wholeImages(opened)
    : await frameImages(opened, job, libraries, context, diagnostics);
  const eachItsOwn = { index: Int32Array.from(refs.keys()), names: refs.map(({ name }) => name) };
  const { attributes, steps } = job.lattice;
  const plan = planLattice(refs, eachItsOwn, {
    attributes,
    steps,
    pointsPerIdentity: 1,
    maxIdentities: refs.length,
    seed: job.seed,
  });
  const decode = augmentingDecoder(width, height);
  const rows = attributes.map((): PreviewRow[] => []);
  const failed = new Set<string>();
  const { attribute, offset, points } = plan.curves;
  for (const [c, a] of attribute.entries()) {
    if (context.signal.aborted) throw cancelledError();
    const refsOfCurve = Array.from(points.subarray(offset[c], offset[c + 1]), (point) => plan.refs[point]!);
    const row = await previewRow(refsOfCurve, (ref) => ref.point[attributes[a]!] ?? 0, decode, width, height);
    if (row === null) failed.add(refsOfCurve[0]!.name);
    else rows[a]!.push(row);
    context.progress({ phase: 'write', done: c + 1, total: attribute.length, item: refsOfCurve[0]!.name });
  }
  const preview: LatticePreview = {
    dataset: table.name,
    width,
    height,
    nFailed: failed.size + (table.images.length - refs.length),
    attributes: attributes.map((name, a) => ({
      name,
      unit: latticeAxes[name].unit,
      step: stepOf(name, job.lattice),
      description: latticeAxes[name].description,
      rows: rows[a]!,
    })),
  };
  return { kind: 'latticePreview', preview };
}

/** `null` where the image cannot be shown. */
async function previewRow(
  refs: readonly AugmentedRef[],
  valueOf: (ref: AugmentedRef) => number,
  decode: (path: string, ref: AugmentedRef) => Promise<Uint8Array>,
  width: number,
  height: number,
): Promise<PreviewRow | null> {
  try {
    const crops: string[] = [];
    for (const ref of refs) crops.push(await dataUri({ pixels: await decode(ref.path, ref), width, height }));
    return { image: refs[0]!.name, values: refs.map(valueOf), crops };
  } catch (error) {
    if (isAppError(error, 'imageUnreadable') || error instanceof RangeError) return null;
    throw error;
  }
}
