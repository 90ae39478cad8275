import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { z } from 'zod';
import { type VersionMismatch, webviewProtocolVersion } from '../protocol/webviewMessages.ts';
import { pageLanguage } from './pageLanguage.ts';
import type { Services } from './services.ts';

/** What every page may say: `ready` whenever it was loaded, which may be more than once. */
export type SharedMessage =
  | { readonly type: 'ready'; readonly version: number }
  | { readonly type: 'showLog' }
  | { readonly type: 'pageError'; readonly message: string };

export interface PageSpec<Message, Content> {
  /** `dist/webview/<bundle>.js` and `.css`. */
  readonly bundle: 'report' | 'preview' | 'lattice';
  readonly imagePolicy: string;
  readonly schema: z.ZodType<SharedMessage | Message>;
  /** What the page shows; it is told whenever it is ready. */
  readonly content: () => Content;
  /** Called whenever a page has been told the content for the first time. */
  readonly onShown?: () => void;
  /** What this page may ask for besides. */
  readonly perform: (message: Message) => Promise<void>;
}

export interface Page<Content> {
  /** Loads the page; the webview's options are set before. */
  load(): void;
  /** Nothing, before the page is ready: it is told the content then. */
  post(message: Content): Promise<void>;
}

/** Folder of the pages' bundles, which every page has among its `localResourceRoots`. */
export function bundleFolder({ extensionUri }: Services): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Talks with a page in a webview. */
export function servePage<Message extends { readonly type: string }, Content>(
  services: Services,
  webview: vscode.Webview,
  spec: PageSpec<Message, Content>,
): Page<Content> {
  const { log } = services;
  let ready = false;
  const post = async (message: Content | VersionMismatch) => {
    await webview.postMessage(message);
  };
  webview.onDidReceiveMessage(async (raw: unknown) => {
    const parsed = spec.schema.safeParse(raw);
    if (!parsed.success) {
      log.warn(`The ${spec.bundle} page sent what is not understood: ${parsed.error.message}`);
    } else if (!isShared(parsed.data)) {
      await spec.perform(parsed.data);
    } else if (parsed.data.type === 'showLog') {
      log.show();
    } else if (parsed.data.type === 'pageError') {
      log.error(`The ${spec.bundle} page: ${parsed.data.message}`);
    } else {
      ready = parsed.data.version === webviewProtocolVersion;
      await post(ready ? spec.content() : { type: 'versionMismatch', hostVersion: webviewProtocolVersion });
      if (ready) spec.onShown?.();
    }
  });
  return {
    load: () => {
      webview.html = pageHtml(webview, bundleFolder(services), spec);
    },
    post: async (message) => {
      if (ready) await post(message);
    },
  };
}

const sharedTypes: readonly string[] = ['ready', 'showLog', 'pageError'] satisfies SharedMessage['type'][];

function isShared(message: { readonly type: string }): message is SharedMessage {
  return sharedTypes.includes(message.type);
}

/** Data comes by message only, so that nothing of a report is ever parsed as HTML. */
function pageHtml(
  webview: vscode.Webview,
  folder: vscode.Uri,
  { bundle, imagePolicy }: { readonly bundle: string; readonly imagePolicy: string },
): string {
  const nonce = randomBytes(16).toString('base64');
  const uriOf = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  const language = pageLanguage(vscode.env.language);
  const own = webview.cspSource;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${own}; font-src ${own}; img-src ${imagePolicy}`;
  return `<!doctype html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uriOf(`${bundle}.css`)}">
<title>Attribute Lens</title>
</head>
<body>
${language === null ? '' : `<script nonce="${nonce}" src="${uriOf(`l10n.${language}.js`)}"></script>`}
<script nonce="${nonce}" src="${uriOf(`${bundle}.js`)}"></script>
</body>
</html>`;
}
