import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AlignmentPreview } from '../protocol/jobs.ts';
import {
  type PreviewHostMessage,
  type PreviewPageMessage,
  previewPageMessageSchema,
} from '../protocol/webviewMessages.ts';
import { previewViewType } from './identifiers.ts';
import { openImage } from './openImage.ts';
import type { Services } from './services.ts';
import { bundleFolder, servePage, type SharedMessage } from './webviewPage.ts';

interface PreviewPanel {
  readonly show: (preview: AlignmentPreview) => void;
}

/** By the data set's path: looking again draws into the same panel. */
const panels = new Map<string, PreviewPanel>();

export function showPreview(services: Services, data: string, preview: AlignmentPreview): void {
  const open = panels.get(data);
  if (open) open.show(preview);
  else panels.set(data, openPanel(services, data, preview));
}

function openPanel(services: Services, data: string, first: AlignmentPreview): PreviewPanel {
  const title = vscode.l10n.t('Alignment of {0}', path.basename(data));
  const panel = vscode.window.createWebviewPanel(previewViewType, title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [bundleFolder(services)],
  });
  panel.onDidDispose(() => void panels.delete(data));
  let preview = first;
  const content = (): PreviewHostMessage => ({ type: 'preview', preview });
  const page = servePage<Exclude<PreviewPageMessage, SharedMessage>, PreviewHostMessage>(
    services,
    panel.webview,
    {
      bundle: 'preview',
      // Crops and originals come as data, because they are no files.
      imagePolicy: 'data:',
      schema: previewPageMessageSchema,
      content,
      perform: async (message) => {
        const named = preview.images.some((image) => image.path === message.path);
        await openImage(named ? vscode.Uri.file(message.path) : null);
      },
    },
  );
  page.load();
  return {
    show: (next) => {
      preview = next;
      panel.reveal();
      void page.post(content());
    },
  };
}
