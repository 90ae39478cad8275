import type * as vscode from 'vscode';
import { jobs } from '../jobs.ts';
import { DatasetsView } from './datasetsView.ts';
import { JobsView } from './jobsView.ts';
import { ModelsView } from './modelsView.ts';
import { ReportsView } from './reportsView.ts';

/** Makes the trees, each when its view is first looked into; they end with the extension. */
export const createViews = {
  models: (context: vscode.ExtensionContext) => lasting(new ModelsView(), context),
  datasets: (context: vscode.ExtensionContext) => lasting(new DatasetsView(), context),
  reports: (context: vscode.ExtensionContext) => lasting(new ReportsView(), context),
  jobs: (context: vscode.ExtensionContext) => lasting(new JobsView(jobs), context),
} as const;

function lasting<View extends { readonly disposable: vscode.Disposable }>(
  view: View,
  { subscriptions }: vscode.ExtensionContext,
): View {
  subscriptions.push(view.disposable);
  return view;
}
