import type { JobContext } from '../../domain/progress.ts';
import type { Job, JobResult } from '../../protocol/jobs.ts';
import { runAnalyzeJob } from './analyzeJob.ts';
import { runBaselineJob } from './baselineJob.ts';
import { runCheckJob } from './checkJob.ts';
import { runCompareJob } from './compareJob.ts';
import { runCropsJob } from './cropsJob.ts';
import { runExportJob } from './exportJob.ts';
import { runProjectJob } from './projectJob.ts';
import { runDescribeJob } from './describeJob.ts';
import { runEmbedJob } from './embedJob.ts';
import { runHardwareJob } from './hardwareJob.ts';
import { runInspectJob } from './inspectJob.ts';
import { runInstallCudaJob } from './installCudaJob.ts';
import { runInvarianceJob } from './invarianceJob.ts';
import { runLatticePreviewJob } from './latticePreviewJob.ts';
import { runPreviewJob } from './previewJob.ts';
import { runSampleJob } from './sampleJob.ts';
import { runValidateEnergyJob } from './validateEnergyJob.ts';

/** The one way to run a job, in the engine's process and on the command line alike. */
export function runJob(job: Job, context: JobContext): Promise<JobResult> {
  switch (job.kind) {
    case 'sample':
      return runSampleJob(job, context);
    case 'baseline':
      return runBaselineJob(job, context);
    case 'embed':
      return runEmbedJob(job, context);
    case 'analyze':
      return runAnalyzeJob(job, context);
    case 'describe':
      return runDescribeJob(job, context);
    case 'inspect':
      return runInspectJob(job, context);
    case 'preview':
      return runPreviewJob(job, context);
    case 'latticePreview':
      return runLatticePreviewJob(job, context);
    case 'invariance':
      return runInvarianceJob(job, context);
    case 'validateEnergy':
      return runValidateEnergyJob(job, context);
    case 'project':
      return runProjectJob(job, context);
    case 'compare':
      return runCompareJob(job);
    case 'export':
      return runExportJob(job, context);
    case 'check':
      return runCheckJob(job, context);
    case 'crops':
      return runCropsJob(job, context);
    case 'hardware':
      return runHardwareJob(job, context);
    case 'installCuda':
      return runInstallCudaJob(job, context);
  }
}
