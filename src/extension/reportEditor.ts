import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError, messageOf } from '../domain/appError.ts';
import { readReport } from '../protocol/readReport.ts';
import {
  type HostMessage,
  type PageMessage,
  pageMessageSchema,
  webviewProtocolVersion,
} from '../protocol/webviewMessages.ts';
import type { Services } from './services.ts';

/** Draws a `*.attrlens.json`, wherever it came from, into a panel, and again whenever the file changes. */
export function showReport(services: Services, uri: vscode.Uri, panel: vscode.WebviewPanel): void {
  const { webview } = panel;
  const root = vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  let ready = false;
  const send = async () => {
    if (!ready) return;
    const message = await readMessage(uri);
    if (message.type === 'failed') services.log.warn(`${uri.fsPath}: ${message.message}`);
    await post(webview, message);
  };
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.posix.basename(uri.path)),
  );
  for (const onEvent of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) onEvent(send);
  panel.onDidDispose(() => void watcher.dispose());
  webview.onDidReceiveMessage(async (raw: unknown) => {
    const parsed = pageMessageSchema.safeParse(raw);
    if (!parsed.success) {
      services.log.warn(`The report page sent what is not understood: ${parsed.error.message}`);
    } else if (parsed.data.type === 'ready') {
      ready = parsed.data.version === webviewProtocolVersion;
      if (ready) await send();
      else await post(webview, { type: 'versionMismatch', hostVersion: webviewProtocolVersion });
    } else {
      await perform(parsed.data, uri, services);
    }
  });
  webview.html = pageHtml(webview, root);
}

async function perform(
  message: Exclude<PageMessage, { type: 'ready' }>,
  uri: vscode.Uri,
  { log }: Services,
): Promise<void> {
  switch (message.type) {
    case 'openAsText':
      await vscode.commands.executeCommand('vscode.openWith', uri, 'default', vscode.ViewColumn.Beside);
      break;
    case 'showLog':
      log.show();
      break;
    case 'copy':
      await vscode.env.clipboard.writeText(message.text);
      break;
    case 'pageError':
      log.error(`Report page: ${message.message}`);
      break;
  }
}

async function readMessage(uri: vscode.Uri): Promise<HostMessage> {
  const fileName = path.posix.basename(uri.path);
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { type: 'report', report: readReport(parseJson(new TextDecoder().decode(bytes))), fileName };
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

function post(webview: vscode.Webview, message: HostMessage): Thenable<boolean> {
  return webview.postMessage(message);
}

/** Data comes by message only, so that nothing of a report is ever parsed as HTML. */
function pageHtml(webview: vscode.Webview, root: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(root, 'report.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(root, 'report.css')).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; font-src ${webview.cspSource}; img-src ${webview.cspSource}`;
  return `<!doctype html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Attribute Lens</title>
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
