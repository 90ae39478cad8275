import * as path from 'node:path';
import * as vscode from 'vscode';
import { resolveDescribeJob } from '../protocol/resolveDescribeJob.ts';
import { chooseInputs } from './chooseInputs.ts';
import { openReport } from './openReport.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';

/**
 * What the annotations of a data set say by themselves, as a report; no model is asked for.
 * `resource` is the folder whose menu was used. Returns the report's file.
 */
export async function describeDataset(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  const { data, settings, place } = await chooseInputs(resource);
  const title = vscode.l10n.t('Describing {0}', path.basename(data));
  const { report } = await runWithProgress(services, title, resolveDescribeJob(settings, place));
  const uri = vscode.Uri.file(report);
  await openReport(uri);
  return uri;
}
