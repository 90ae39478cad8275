import * as vscode from 'vscode';
import { AppError, isAppError, messageOf } from '../domain/appError.ts';
import type { Job, JobKind, JobResult } from '../protocol/jobs.ts';
import { jobsViewId } from './identifiers.ts';
import type { JobTeller } from './jobList.ts';
import { JobProgress, type ProgressStep } from './jobProgress.ts';
import { cancelJob, jobs } from './jobs.ts';
import { noteReport } from './noteReport.ts';
import type { Services } from './services.ts';
import { tellProvider } from './tellProvider.ts';

const statusMessageMs = 10_000;

/**
 * Runs a job, which the Jobs view lists with its phase and item and can cancel; the status bar says the same in
 * short. No notification: they are for what needs an answer.
 * `onStep` hears the same where it is shown besides. Throws the job's AppError; after a cancel the status bar says what is done and kept.
 */
export async function runWithProgress<K extends JobKind>(
  { engine, log }: Services,
  title: string,
  job: Extract<Job, { kind: K }>,
  onStep?: (step: ProgressStep) => void,
): Promise<Extract<JobResult, { kind: K }>> {
  log.info(title, JSON.stringify(job));
  const track = new JobProgress(job, vscode.l10n.t, vscode.env.language);
  const abort = new AbortController();
  const listed = jobs.add(title, job.kind, vscode.l10n.t('Starting'), () => abort.abort());
  const location = { viewId: jobsViewId };
  const result = await vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token): Promise<JobResult> => {
      const subscription = token.onCancellationRequested(() => cancelJob(listed.id));
      try {
        const client = await engine();
        const ended = await client.runJob(job, {
          signal: abort.signal,
          onEvent: (event) => {
            const step = track.step(event);
            if (!abort.signal.aborted) progress.report(step);
            onStep?.(step);
            listed.step(event.type === 'queued' ? 'queued' : 'running', step);
          },
        });
        const report = 'report' in ended ? ended.report : null;
        if (report !== null) {
          await noteReport(report, job);
          await tellProvider(report);
        }
        listed.done(vscode.l10n.t('Done'), report);
        return ended;
      } catch (error) {
        if (isAppError(error, 'cancelled')) tellWhatIsKept(track, listed, log);
        else listed.failed(messageOf(error), error);
        throw error;
      } finally {
        subscription.dispose();
      }
    },
  );
  if (!isResultOf(job.kind, result)) {
    throw new AppError('internal', `The engine answered «${job.kind}» with «${result.kind}».`);
  }
  return result;
}

function tellWhatIsKept(track: JobProgress, listed: JobTeller, log: vscode.LogOutputChannel): void {
  const sentence = track.whatIsKept();
  listed.cancelled(sentence);
  log.info(sentence);
  vscode.window.setStatusBarMessage(sentence, statusMessageMs);
}

function isResultOf<K extends JobKind>(
  kind: K,
  result: JobResult,
): result is Extract<JobResult, { kind: K }> {
  return result.kind === kind;
}
