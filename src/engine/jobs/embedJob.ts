import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { EmbedJob, JobResult } from '../../protocol/jobs.ts';
import { embedModels } from './embedModels.ts';
import { libraryVersions } from './libraryVersions.ts';
import { openImages } from './openImages.ts';

/** Fills the store, so that a later analysis finds every embedding ready. */
export async function runEmbedJob(job: EmbedJob, context: JobContext): Promise<JobResult> {
  const diagnostics = new DiagnosticLog();
  const opened = await openImages(job, context, diagnostics);
  const { models, close } = await embedModels(opened, job, await libraryVersions(), context, diagnostics);
  close();
  for (const { message } of diagnostics.toArray()) context.log('warning', message);
  return {
    kind: 'embed',
    models: models.map(({ model, store, nComputed, nFailed }) => ({
      model: model.name,
      nEmbedded: opened.table.images.length - nFailed,
      nComputed,
      nFailed,
      store: store.folder,
    })),
  };
}
