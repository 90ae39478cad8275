import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Report } from '../protocol/report.ts';
import type { Thumbnail } from '../protocol/webviewMessages.ts';
import { exampleImages, imageInDataset } from './exampleImages.ts';

/**
 * The images that a report may show: those it names as examples, in the folder of its data set. None in a
 * workspace that is not trusted, since whoever wrote the report chose them.
 */
export class ReportImages {
  /** What the webview must be allowed to read. */
  readonly roots: readonly vscode.Uri[];
  readonly #root: vscode.Uri | null;
  readonly #named: ReadonlySet<string>;
  /** One entry for each named image at most. */
  readonly #uris = new Map<string, Promise<string | null>>();

  private constructor(root: vscode.Uri | null, named: ReadonlySet<string>) {
    this.roots = root ? [root] : [];
    this.#root = root;
    this.#named = named;
  }

  /** `report`: `null` where there is none; `uri`: its file, which the data set's folder is relative to. */
  static async of(report: Report | null, uri: vscode.Uri): Promise<ReportImages> {
    const named = report ? exampleImages(report.results.verification) : new Set<string>();
    const root = report && named.size > 0 ? await datasetRoot(report, uri) : null;
    return new ReportImages(root, named);
  }

  thumbnails(images: readonly string[], webview: vscode.Webview): Promise<readonly Thumbnail[]> {
    return Promise.all(
      images.map(async (image) => ({ image, model: null, uri: await this.#uriOf(image, webview) })),
    );
  }

  /** `null` where the report does not name the image, or it lies outside the data set's folder. */
  fileOf(image: string): vscode.Uri | null {
    if (!this.#root || !this.#named.has(image)) return null;
    const file = imageInDataset(this.#root.fsPath, image, path);
    return file === null ? null : vscode.Uri.file(file);
  }

  #uriOf(image: string, webview: vscode.Webview): Promise<string | null> {
    const file = this.fileOf(image);
    if (!file) return Promise.resolve(null);
    const known = this.#uris.get(image);
    if (known) return known;
    const uri = exists(file, vscode.FileType.File).then((is) =>
      is ? webview.asWebviewUri(file).toString() : null,
    );
    this.#uris.set(image, uri);
    return uri;
  }
}

async function datasetRoot(report: Report, uri: vscode.Uri): Promise<vscode.Uri | null> {
  if (!vscode.workspace.isTrusted || uri.scheme !== 'file') return null;
  const root = vscode.Uri.file(path.resolve(path.dirname(uri.fsPath), report.inputs.dataset.root));
  return (await exists(root, vscode.FileType.Directory)) ? root : null;
}

async function exists(uri: vscode.Uri, type: vscode.FileType): Promise<boolean> {
  try {
    // A link has a bit of its own beside that of what it leads to.
    return ((await vscode.workspace.fs.stat(uri)).type & type) !== 0;
  } catch {
    return false;
  }
}
