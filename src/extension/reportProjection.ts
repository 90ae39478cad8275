import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError, isAppError, messageOf } from '../domain/appError.ts';
import type { Projection } from '../protocol/projectionSchema.ts';
import { isProjectionOf, projectionFileOf, readProjection } from '../protocol/readProjection.ts';
import type { Report } from '../protocol/report.ts';
import { resolveProjectJob } from '../protocol/resolveProjectJob.ts';
import type { HostMessage } from '../protocol/webviewMessages.ts';
import { requireTrust } from './choosePlace.ts';
import type { ProgressStep } from './jobProgress.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { readSettings, settingsPlace } from './settings.ts';

type ProjectionMessage = Extract<HostMessage, { type: 'projection' }>;

export interface ProjectionPlace {
  readonly services: Services;
  /** The report's file; its projection lies beside it. */
  readonly uri: vscode.Uri;
  /** Hears the names of its images, whose pictures the page may ask for, before it is posted. */
  readonly allow: (names: readonly string[]) => void;
  readonly post: (message: ProjectionMessage) => Promise<void>;
}

/** How often the page is told how far a job is, at most. */
const betweenPostsMs = 200;

/** The projection of a report that a page shows: read where it is there, computed where that is asked for. */
export class ReportProjection {
  readonly #place: ProjectionPlace;
  /** Of the job that runs. */
  #running: NonNullable<ProjectionMessage['running']> | null = null;
  #imageNames: readonly string[] = [];
  #lastPost = -Infinity;

  constructor(place: ProjectionPlace) {
    this.#place = place;
  }

  /** Images of the projection that was posted last: the page may ask for their pictures. */
  get imageNames(): readonly string[] {
    return this.#imageNames;
  }

  /** Answers what is there; `start` computes it, unless that is going on already. */
  async request(report: Report, start: boolean): Promise<void> {
    if (this.#running) await this.#post({ running: this.#running });
    else if (start) await this.#compute(report);
    else await this.#answer(report);
  }

  async #answer(report: Report): Promise<void> {
    try {
      const projection = await this.#read(report);
      this.#imageNames = projection?.points.images ?? [];
      this.#place.allow(this.#imageNames);
      await this.#post({ projection });
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #compute(report: Report): Promise<void> {
    try {
      this.#running = { message: vscode.l10n.t('Starting'), percent: 0 };
      await this.#post({ running: this.#running });
      const { services, uri } = this.#place;
      const title = vscode.l10n.t('Projecting {0}', path.basename(uri.fsPath));
      await runWithProgress(services, title, this.#job(), (step) => this.#tell(step));
      this.#running = null;
      await this.#answer(report);
    } catch (error) {
      this.#running = null;
      // Whoever cancels knows why there is none; what was there before is there still.
      if (isAppError(error, 'cancelled')) await this.#answer(report);
      else await this.#fail(error);
    }
  }

  #job() {
    requireTrust();
    const { uri } = this.#place;
    if (uri.scheme !== 'file') {
      throw new AppError(
        'usage',
        vscode.l10n.t('Only a report that is a file on this machine can be projected.'),
      );
    }
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? path.dirname(uri.fsPath);
    return resolveProjectJob(uri.fsPath, readSettings(uri), settingsPlace(folder));
  }

  #tell({ activity, increment }: ProgressStep): void {
    const percent = Math.min(100, (this.#running?.percent ?? 0) + increment);
    this.#running = { message: activity, percent };
    const now = performance.now();
    if (now - this.#lastPost < betweenPostsMs) return;
    this.#lastPost = now;
    void this.#post({ running: this.#running });
  }

  /** `null`: there is none. Throws where it is none, or of something else. */
  async #read(report: Report): Promise<Projection | null> {
    const file = this.#place.uri.with({ path: projectionFileOf(this.#place.uri.path) });
    const name = path.posix.basename(file.path);
    const bytes = await readIfThere(file);
    if (bytes === null) return null;
    const projection = readProjection(new TextDecoder().decode(bytes), name);
    if (isProjectionOf(projection, report)) return projection;
    throw new AppError(
      'usage',
      vscode.l10n.t('{0} shows other data or another model than this report. Compute it again.', name),
    );
  }

  async #fail(error: unknown): Promise<void> {
    const failure = messageOf(error);
    this.#place.services.log.warn(`${this.#place.uri.fsPath}: ${failure}`);
    this.#imageNames = [];
    await this.#post({ failure });
  }

  async #post(part: Partial<Omit<ProjectionMessage, 'type'>>): Promise<void> {
    await this.#place.post({ type: 'projection', projection: null, running: null, failure: null, ...part });
  }
}

async function readIfThere(file: vscode.Uri): Promise<Uint8Array | null> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
    throw error;
  }
}
