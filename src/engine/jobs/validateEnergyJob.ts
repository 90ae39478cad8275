import * as paths from 'node:path';
import { validateEnergy } from '../../analyses/energyValidation.ts';
import type { JobContext } from '../../domain/progress.ts';
import { version } from '../../domain/version.ts';
import { ortMatrixProduct } from '../../models/onnxRuntime.ts';
import { jobRecord } from '../../protocol/jobRecord.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { ValidateEnergyJob } from '../../protocol/microscaleJobs.ts';
import { type Report, reportVersion } from '../../protocol/report.ts';
import { datasetInput } from './datasetReport.ts';
import { emptyResults, unusedOptions } from './emptyResults.ts';
import { imageTable } from './imageTable.ts';
import { libraryVersions } from './libraryVersions.ts';
import { PhaseClock } from './phaseClock.ts';
import { writeReport } from './writeReport.ts';

/** The metric on fields whose energy is known; ends with a report file. No image and no model is opened. */
export async function runValidateEnergyJob(job: ValidateEnergyJob, outer: JobContext): Promise<JobResult> {
  const clock = new PhaseClock();
  const context = { ...outer, progress: clock.watch((update) => outer.progress(update)) };
  const energyValidations = await validateEnergy(job.seed, {
    signal: context.signal,
    product: ortMatrixProduct,
    progress: (done, total, item) => context.progress({ phase: 'analyze', done, total, item }),
  });
  context.progress({ phase: 'write', done: 0, total: 1, item: job.report });
  const nobody = imageTable('generated fields', [], new Int32Array(0), []);
  const times = clock.finish();
  const report: Report = {
    schema: 'attribute-lens.report',
    version: reportVersion,
    createdBy: { name: 'attribute-lens', version },
    inputs: {
      dataset: { ...datasetInput(nobody, [], [], job.report, null), root: '.' },
      models: [],
      lattice: null,
      options: unusedOptions,
      seed: job.seed,
      job: jobRecord(job, paths),
      products: null,
      libraries: await libraryVersions(),
    },
    results: { ...emptyResults, energyValidations },
    diagnostics: [],
    times,
  };
  await writeReport(job.report, report);
  context.progress({ phase: 'write', done: 1, total: 1, item: job.report });
  return { kind: 'validateEnergy', report: job.report };
}
