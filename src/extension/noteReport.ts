import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { sampleMarker } from '../domain/sampleMarker.ts';
import type { Job } from '../protocol/jobs.ts';
import { knownFreshness } from './freshness.ts';
import { ownReportWrittenKey, reportWrittenKey } from './identifiers.ts';

/** What was just written is as its inputs are; the walkthrough has come one step further. */
export async function noteReport(report: string, job: Job): Promise<void> {
  await knownFreshness.remember(report, { state: 'current', changes: [] });
  await vscode.commands.executeCommand('setContext', reportWrittenKey, true);
  if (isOfSample(job)) return;
  await vscode.commands.executeCommand('setContext', ownReportWrittenKey, true);
}

/** What has no data set is nobody's own, either. */
function isOfSample(job: Job): boolean {
  if (!('data' in job)) return true;
  return [job.data, dirname(job.data)].some((folder) => existsSync(join(folder, sampleMarker)));
}
