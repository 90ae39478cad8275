import * as vscode from 'vscode';
import { jobsViewId } from './identifiers.ts';
import { isUnfinished } from './jobList.ts';
import { cancelJob as cancel, jobs } from './jobs.ts';
import { openReport } from './openReport.ts';
import type { Services } from './services.ts';
import { showError } from './showError.ts';

/** Commands of the Jobs view; `argument` is a job's element, or nothing from the palette. */

export async function showJobs(): Promise<void> {
  await vscode.commands.executeCommand(`${jobsViewId}.focus`);
}

/** Without an argument the one that runs, which is the first. */
export function cancelJob(...[, , , argument]: readonly unknown[]): void {
  const id = idOf(argument) ?? jobs.jobs.find(isUnfinished)?.id;
  if (id !== undefined) cancel(id);
}

export function clearJobs(): void {
  jobs.clearFinished();
}

/** Its report, or why it failed. */
export async function openJob(services: Services, ...[, , argument]: readonly unknown[]): Promise<void> {
  const id = idOf(argument);
  const job = id === undefined ? undefined : jobs.find(id);
  if (!job) return;
  if (job.report !== null) await openReport(vscode.Uri.file(job.report));
  // Not awaited: the message waits for an answer.
  else if (job.state === 'failed') void showError(job.error, services);
}

function idOf(argument: unknown): number | undefined {
  if (typeof argument !== 'object' || argument === null || !('id' in argument)) return undefined;
  return typeof argument.id === 'number' ? argument.id : undefined;
}
