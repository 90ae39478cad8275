import * as vscode from 'vscode';
import { AppError, isAppError } from '../domain/appError.ts';
import type { Job, JobKind, JobResult } from '../protocol/jobs.ts';
import { JobProgress } from './jobProgress.ts';
import type { Services } from './services.ts';

const statusMessageMs = 10_000;

/**
 * Runs a job under a notification that names phase and item and can be cancelled.
 * Throws the job's AppError; after a cancel the status bar says what is done and kept.
 */
export async function runWithProgress<K extends JobKind>(
  { engine, log }: Services,
  title: string,
  job: Extract<Job, { kind: K }>,
): Promise<Extract<JobResult, { kind: K }>> {
  log.info(title, JSON.stringify(job));
  const track = new JobProgress(job, vscode.l10n.t, vscode.env.language);
  const location = vscode.ProgressLocation.Notification;
  const result = await vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token): Promise<JobResult> => {
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => {
        progress.report({ message: vscode.l10n.t('Cancelling') });
        abort.abort();
      });
      try {
        return await (
          await engine()
        ).runJob(job, {
          signal: abort.signal,
          onEvent: (event) => {
            const step = track.step(event);
            if (!abort.signal.aborted) progress.report(step);
          },
        });
      } catch (error) {
        if (isAppError(error, 'cancelled')) tellWhatIsKept(track, log);
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

function tellWhatIsKept(track: JobProgress, log: vscode.LogOutputChannel): void {
  const sentence = track.whatIsKept();
  log.info(sentence);
  vscode.window.setStatusBarMessage(sentence, statusMessageMs);
}

function isResultOf<K extends JobKind>(
  kind: K,
  result: JobResult,
): result is Extract<JobResult, { kind: K }> {
  return result.kind === kind;
}
