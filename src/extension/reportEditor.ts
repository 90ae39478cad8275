import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError, messageOf } from '../domain/appError.ts';
import { isComparison, readComparison } from '../protocol/readComparison.ts';
import { readReport } from '../protocol/readReport.ts';
import { type HostMessage, type PageMessage, pageMessageSchema } from '../protocol/webviewMessages.ts';
import { commandPrefix } from './identifiers.ts';
import { openDefinition } from './openDefinition.ts';
import { openImage } from './openImage.ts';
import { openRow } from './openRow.ts';
import { ReportImages } from './reportImages.ts';
import { ReportProjection } from './reportProjection.ts';
import { saveFile } from './saveFile.ts';
import type { Services } from './services.ts';
import { freshnessTeller } from './tellFreshness.ts';
import { bundleFolder, servePage, type SharedMessage } from './webviewPage.ts';

type ReportPageMessage = Exclude<PageMessage, SharedMessage>;

/** Draws a `*.attrlens.json`, wherever it came from, into a panel, and again whenever the file changes. */
export async function showReport(
  services: Services,
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
): Promise<void> {
  const { webview } = panel;
  let content: HostMessage;
  let images: ReportImages;
  const page = servePage<ReportPageMessage, HostMessage>(services, webview, {
    bundle: 'report',
    imagePolicy: `${webview.cspSource} data:`,
    schema: pageMessageSchema,
    content: () => content,
    onShown: () => {
      isShown = true;
      tellFreshness();
    },
    perform: async (message) => {
      switch (message.type) {
        case 'openAsText':
          await vscode.commands.executeCommand('vscode.openWith', uri, 'default', vscode.ViewColumn.Beside);
          break;
        case 'copy':
          await vscode.env.clipboard.writeText(message.text);
          break;
        case 'requestThumbnails': {
          const answer = await images.thumbnails(message.images, message.model, webview);
          await page.post({ type: 'thumbnails', id: message.id, ...answer });
          break;
        }
        case 'openImage':
          await openImage(images.fileOf(message.path));
          break;
        case 'requestProjection':
          if (content.type === 'report') await projection.request(content.report, message.start);
          break;
        case 'openDefinition':
          await openDefinition(services, message.anchor);
          break;
        case 'rerun':
          await vscode.commands.executeCommand(`${commandPrefix}rerunReport`, uri);
          tellFreshness();
          break;
        case 'compare':
          await vscode.commands.executeCommand(`${commandPrefix}compareReports`, uri);
          break;
        case 'openRow':
          if (content.type === 'report') await openRow(content.report, uri, message.image);
          break;
        case 'saveFile':
          await saveFile(message, uri);
          break;
        case 'exportReport':
          await vscode.commands.executeCommand(`${commandPrefix}exportReport`, uri);
          break;
      }
    },
  });
  const closed = new AbortController();
  const projection = new ReportProjection({
    services,
    uri,
    allow: (names) => images.allow(names),
    post: async (message) => {
      if (!closed.signal.aborted) await page.post(message);
    },
  });
  const freshness = freshnessTeller(services, uri, (message) => page.post(message), closed.signal);
  let isShown = false;
  // After the page is seen: a look at many files takes time.
  const tellFreshness = () => {
    if (isShown && content.type === 'report') freshness.tell();
  };
  const read = async () => {
    content = await readMessage(uri);
    if (content.type === 'failed') services.log.warn(`${uri.fsPath}: ${content.message}`);
    images = await ReportImages.of(content.type === 'report' ? content.report : null, {
      services,
      uri,
      signal: closed.signal,
    });
    images.allow(projection.imageNames);
    if (closed.signal.aborted) return;
    // Other roots than before load the page anew, the same ones do nothing.
    webview.options = { enableScripts: true, localResourceRoots: [bundleFolder(services), ...images.roots] };
    await page.post(content);
    tellFreshness();
  };
  // One after another, so that the last reading is the one that stays.
  let turn = read();
  const readAgain = () => {
    turn = turn.then(read);
  };
  const subscriptions = [watch(uri, readAgain), vscode.workspace.onDidGrantWorkspaceTrust(readAgain)];
  panel.onDidDispose(() => {
    closed.abort();
    vscode.Disposable.from(...subscriptions).dispose();
  });
  await turn;
  if (!closed.signal.aborted) page.load();
}

function watch(uri: vscode.Uri, onEvent: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.posix.basename(uri.path)),
  );
  for (const listen of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) listen(onEvent);
  return watcher;
}

async function readMessage(uri: vscode.Uri): Promise<HostMessage> {
  const fileName = path.posix.basename(uri.path);
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const json = parseJson(new TextDecoder().decode(bytes));
    if (isComparison(json)) return { type: 'comparison', comparison: readComparison(json), fileName };
    return { type: 'report', report: readReport(json), fileName };
  } catch (error) {
    if (error instanceof AppError) return { type: 'failed', message: error.message };
    const gone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return {
      type: 'failed',
      message: gone
        ? vscode.l10n.t('{0} is gone. Run the analysis again to write it anew.', fileName)
        : vscode.l10n.t('{0} could not be read: {1}', fileName, messageOf(error)),
    };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AppError(
      'reportInvalid',
      vscode.l10n.t('The file is not JSON: {0}. Run the analysis again to write it anew.', messageOf(error)),
      {},
      error,
    );
  }
}
