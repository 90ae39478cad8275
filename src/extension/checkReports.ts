import * as path from 'node:path';
import * as vscode from 'vscode';
import { isAppError } from '../domain/appError.ts';
import { checkReport } from './checkReport.ts';
import { requireTrust } from './choosePlace.ts';
import { reportsViewId } from './identifiers.ts';
import type { Services } from './services.ts';
import { ReportsView } from './views/reportsView.ts';

/** Looks at the inputs of every report of the workspace, one after another; the Reports view marks the stale ones. */
export async function checkReports(services: Services): Promise<void> {
  requireTrust();
  const reports = await listed();
  let nStale = 0;
  await vscode.window.withProgress({ location: { viewId: reportsViewId } }, async () => {
    for (const { uri } of reports) {
      const freshness = await checked(services, uri);
      if (freshness?.state === 'stale') nStale++;
    }
  });
  const sentence =
    nStale === 0
      ? vscode.l10n.t('No report is known to be stale.')
      : vscode.l10n.t('Stale reports: {0} of {1}.', nStale, reports.length);
  vscode.window.setStatusBarMessage(sentence, 10_000);
}

async function listed() {
  const view = new ReportsView();
  try {
    return await view.getReports();
  } finally {
    view.disposable.dispose();
  }
}

/** A report that cannot be read says so when it is opened. */
async function checked(services: Services, uri: vscode.Uri) {
  try {
    return await checkReport(services, uri, new AbortController().signal);
  } catch (error) {
    if (!isAppError(error)) throw error;
    services.log.warn(`${path.basename(uri.fsPath)}: ${error.message}`);
    return null;
  }
}
