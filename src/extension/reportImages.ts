import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError, messageOf } from '../domain/appError.ts';
import type { Report } from '../protocol/report.ts';
import type { HostMessage } from '../protocol/webviewMessages.ts';
import { storeFolderFor } from './checkReport.ts';
import { exampleImages, imageInDataset } from './exampleImages.ts';
import { RecentPromises } from './recentPromises.ts';
import type { Services } from './services.ts';

/** Some 4 kB each. */
const maxPictures = 2_000;

/** In one job: so that the first pictures come before the last are made. */
const maxCropsOfJob = 50;

export type Thumbnails = Pick<Extract<HostMessage, { type: 'thumbnails' }>, 'thumbnails' | 'failure'>;

export interface ReportImagesPlace {
  readonly services: Pick<Services, 'engine' | 'log'>;
  /** The report's file, which the data set's folder is relative to. */
  readonly uri: vscode.Uri;
  /** Aborted when the pictures are no longer looked at. */
  readonly signal: AbortSignal;
}

/**
 * The images that a report may show: those it names as examples, in the folder of its data set, and those that are
 * allowed besides. None in a workspace that is not trusted, since whoever wrote the report chose them. As a model saw
 * them they come from the engine, which starts when the first such picture is asked for.
 */
export class ReportImages {
  /** What the webview must be allowed to read. */
  readonly roots: readonly vscode.Uri[];
  readonly #place: ReportImagesPlace;
  readonly #root: vscode.Uri | null;
  /** Why there are no pictures, as a sentence. */
  readonly #failure: string | null;
  readonly #allowed: Set<string>;
  readonly #pictures = new RecentPromises<string | null>(maxPictures);

  private constructor(
    place: ReportImagesPlace,
    root: vscode.Uri | null,
    failure: string | null,
    allowed: Set<string>,
  ) {
    this.roots = root ? [root] : [];
    this.#place = place;
    this.#root = root;
    this.#failure = failure;
    this.#allowed = allowed;
  }

  /** `report`: `null` where there is none. */
  static async of(report: Report | null, place: ReportImagesPlace): Promise<ReportImages> {
    if (!report) return new ReportImages(place, null, null, new Set());
    const named = exampleImages(report.results);
    const found = await datasetRoot(report, place.uri);
    return typeof found === 'string'
      ? new ReportImages(place, null, found, new Set(named))
      : new ReportImages(place, found, null, new Set(named));
  }

  /** Names that a file beside the report brings, its projection for instance. */
  allow(names: Iterable<string>): void {
    for (const name of names) this.#allowed.add(name);
  }

  /** As the report's model saw them; `null`: whole. */
  async thumbnails(
    images: readonly string[],
    model: string | null,
    webview: vscode.Webview,
  ): Promise<Thumbnails> {
    const failures = new Set<string>();
    const waiting: WaitingCrop[] = [];
    const asked = images.map((image) => [image, this.#pictureOf(image, model, webview, waiting)] as const);
    if (model !== null) this.#runCrops(model, waiting);
    const thumbnails = await Promise.all(
      asked.map(async ([image, picture]) => {
        const uri = await picture.catch((error: unknown) => {
          failures.add(messageOf(error));
          return null;
        });
        return { image, model, uri };
      }),
    );
    const [failure = this.#failure] = failures;
    return { thumbnails, failure };
  }

  /** `null` where the image may not be shown, or lies outside the data set's folder. */
  fileOf(image: string): vscode.Uri | null {
    if (!this.#root || !this.#allowed.has(image)) return null;
    const file = imageInDataset(this.#root.fsPath, image, path);
    return file === null ? null : vscode.Uri.file(file);
  }

  /** Adds to `waiting` what the engine is to make. */
  #pictureOf(
    image: string,
    model: string | null,
    webview: vscode.Webview,
    waiting: WaitingCrop[],
  ): Promise<string | null> {
    const file = this.fileOf(image);
    if (!file) return Promise.resolve(null);
    const key = JSON.stringify([model, image]);
    const known = this.#pictures.get(key);
    if (known) return known;
    const picture =
      model === null
        ? exists(file, vscode.FileType.File).then((is) => (is ? webview.asWebviewUri(file).toString() : null))
        : new Promise<string | null>((resolve, reject) => {
            waiting.push({ image, resolve, reject });
          });
    this.#pictures.set(key, picture);
    return picture;
  }

  #runCrops(model: string, waiting: readonly WaitingCrop[]): void {
    for (let start = 0; start < waiting.length; start += maxCropsOfJob) {
      void this.#runJob(model, waiting.slice(start, start + maxCropsOfJob));
    }
  }

  async #runJob(model: string, waiting: readonly WaitingCrop[]): Promise<void> {
    const { services, uri, signal } = this.#place;
    try {
      const client = await services.engine();
      const result = await client.runJob(
        {
          kind: 'crops',
          report: uri.fsPath,
          model,
          images: waiting.map(({ image }) => image),
          storeFolder: storeFolderFor(uri),
        },
        { signal, onEvent: () => undefined },
      );
      if (result.kind !== 'crops') throw new AppError('internal', `The engine answered ${result.kind}.`);
      const uris = new Map(result.crops.map((crop) => [crop.image, crop.uri]));
      for (const { image, resolve } of waiting) resolve(uris.get(image) ?? null);
    } catch (error) {
      if (!signal.aborted) services.log.warn(`Pictures could not be made: ${messageOf(error)}`);
      for (const { reject } of waiting) reject(error);
    }
  }
}

interface WaitingCrop {
  readonly image: string;
  readonly resolve: (uri: string | null) => void;
  readonly reject: (error: unknown) => void;
}

/** The folder of the images, or a sentence that says why it is not shown and what to do. */
async function datasetRoot(report: Report, uri: vscode.Uri): Promise<vscode.Uri | string> {
  if (!vscode.workspace.isTrusted) {
    return vscode.l10n.t(
      'Pictures are shown in a trusted workspace only, since whoever wrote the report chose them. Trust this workspace to see them.',
    );
  }
  if (uri.scheme !== 'file') {
    return vscode.l10n.t(
      'Pictures are shown where the report lies in a folder on this computer. Save it beside its data set to see them.',
    );
  }
  const root = vscode.Uri.file(path.resolve(path.dirname(uri.fsPath), report.inputs.dataset.root));
  if (await exists(root, vscode.FileType.Directory)) return root;
  return vscode.l10n.t(
    'There are no pictures: the folder of the images, {0}, is not there. Put the report or the folder back in its place, or run the analysis again.',
    root.fsPath,
  );
}

async function exists(uri: vscode.Uri, type: vscode.FileType): Promise<boolean> {
  try {
    // A link has a bit of its own beside that of what it leads to.
    return ((await vscode.workspace.fs.stat(uri)).type & type) !== 0;
  } catch {
    return false;
  }
}
