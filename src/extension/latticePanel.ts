import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LatticePreview } from '../protocol/microscaleJobs.ts';
import { type LatticeHostMessage, latticePageMessageSchema } from '../protocol/webviewMessages.ts';
import { latticeViewType } from './identifiers.ts';
import type { Services } from './services.ts';
import { bundleFolder, servePage } from './webviewPage.ts';

/** By the data set's path, what draws into its panel: looking again draws into the same one. */
const panels = new Map<string, (preview: LatticePreview) => void>();

export function showLattice(services: Services, data: string, preview: LatticePreview): void {
  const show = panels.get(data);
  if (show) show(preview);
  else panels.set(data, openPanel(services, data, preview));
}

function openPanel(
  services: Services,
  data: string,
  first: LatticePreview,
): (preview: LatticePreview) => void {
  const title = vscode.l10n.t('Lattice of {0}', path.basename(data));
  const panel = vscode.window.createWebviewPanel(latticeViewType, title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [bundleFolder(services)],
  });
  panel.onDidDispose(() => void panels.delete(data));
  let preview = first;
  const content = (): LatticeHostMessage => ({ type: 'lattice', preview });
  const page = servePage<never, LatticeHostMessage>(services, panel.webview, {
    bundle: 'lattice',
    // Crops come as data, because they are no files.
    imagePolicy: 'data:',
    schema: latticePageMessageSchema,
    content,
    perform: () => Promise.resolve(),
  });
  page.load();
  return (next) => {
    preview = next;
    panel.reveal();
    void page.post(content());
  };
}
