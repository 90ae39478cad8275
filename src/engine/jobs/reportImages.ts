import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import * as paths from 'node:path';
import { openDataset } from '../../datasets/openDataset.ts';
import { AppError, messageOf } from '../../domain/appError.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { Framing } from '../../embedding/cropFaces.ts';
import { detectionDim, readDetections } from '../../embedding/detectionRows.ts';
import { describedBy, detectionStore, storeFingerprint } from '../../embedding/storeDescription.ts';
import { VectorStore } from '../../embedding/vectorStore.ts';
import { jobOfRecord } from '../../protocol/jobRecord.ts';
import type { ModelInput, Report } from '../../protocol/report.ts';
import { chosenLandmarks } from './detectedFrames.ts';
import { readReportFile } from './readReportFile.ts';

/** What of a report its images can be shown by. */
export interface ReportImages {
  /** Absolute path; `null` for a name that leads out of the data set. */
  fileOf(image: string): string | null;
  /** `null` for a model that the report does not name, and for ready embeddings. */
  viewOf(model: string): ModelView | null;
}

/** How a model saw the images. */
export interface ModelView {
  readonly width: number;
  readonly height: number;
  readonly framings: Framings;
}

/** What of each image a model was shown. */
export interface Framings {
  /** Finds out what is not known of these images yet. What cannot be found out is logged. */
  prepare(images: readonly string[], context: JobContext): Promise<void>;
  /** `null`: not known. */
  framingOf(image: string): Framing | null;
}

interface ReportPlace {
  readonly report: string;
  readonly storeFolder: string;
}

/** The last one that was opened stays open: a page asks again and again, and a data set takes seconds to read. */
let last: { readonly key: string; readonly images: Promise<ReportImages> } | null = null;

/** @throws AppError reportInvalid, reportVersion. */
export async function openReportImages(place: ReportPlace): Promise<ReportImages> {
  const changed = await stat(place.report).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => '',
  );
  const key = JSON.stringify([place.report, place.storeFolder, changed]);
  if (last?.key === key) return last.images;
  const images = readReportFile(place.report).then((report) => imagesOf(report, place));
  last = { key, images };
  try {
    return await images;
  } catch (error) {
    if (last.key === key) last = null;
    throw error;
  }
}

function imagesOf(report: Report, place: ReportPlace): ReportImages {
  const root = paths.resolve(paths.dirname(place.report), report.inputs.dataset.root);
  const fileOf = (image: string): string | null => {
    const file = paths.resolve(root, image);
    const below = paths.relative(root, file);
    const leaves = below === '' || below.split(paths.sep)[0] === '..' || paths.isAbsolute(below);
    return leaves ? null : file;
  };
  const landmarks = new TableLandmarks(report, root, place);
  const views = new Map(
    report.inputs.models.flatMap((model): [string, ModelView][] => {
      if (model.preprocessing === null) return [];
      const { width, height } = model.preprocessing;
      return [[model.name, { width, height, framings: framingsOf(model, report, fileOf, landmarks, place) }]];
    }),
  );
  return { fileOf, viewOf: (model) => views.get(model) ?? null };
}

function framingsOf(
  { alignment }: ModelInput,
  report: Report,
  fileOf: (image: string) => string | null,
  landmarks: TableLandmarks,
  place: ReportPlace,
): Framings {
  switch (alignment?.kind) {
    case undefined:
    case 'none':
      return alike({ kind: 'whole' });
    case 'landmarks':
      return alignment.source === 'table' ? landmarks : alike({ kind: 'celebaAligned' });
    case 'detected':
      return new StoredDetections(alignment, report.inputs.libraries, fileOf, place);
  }
}

function alike(framing: Framing): Framings {
  return { prepare: () => Promise.resolve(), framingOf: () => framing };
}

/** Five points of each image, from the table that the data set has. */
class TableLandmarks implements Framings {
  readonly #report: Report;
  readonly #root: string;
  readonly #place: ReportPlace;
  #framings: Promise<(image: string) => Framing | null> | null = null;
  #found: (image: string) => Framing | null = () => null;

  constructor(report: Report, root: string, place: ReportPlace) {
    this.#report = report;
    this.#root = root;
    this.#place = place;
  }

  async prepare(_images: readonly string[], context: JobContext): Promise<void> {
    try {
      // Without the signal of this job: others wait for the same table.
      this.#framings ??= this.#read();
      this.#found = await this.#framings;
    } catch (error) {
      this.#framings = null;
      context.log('warning', `Landmarks cannot be read, images are shown whole: ${messageOf(error)}`);
    }
  }

  framingOf(image: string): Framing | null {
    return this.#found(image);
  }

  async #read(): Promise<(image: string) => Framing | null> {
    const { images, landmarks, landmarkFrame } = await openDataset({
      ...this.#source(),
      signal: new AbortController().signal,
    });
    if (landmarks === null) return () => null;
    const rows = new Map(images.map((image, row) => [image, row]));
    return (image) => {
      const row = rows.get(image);
      const points = row === undefined ? null : landmarks.subarray(row * 10, row * 10 + 10);
      return points?.every(Number.isFinite) ? { kind: 'points', points, frame: landmarkFrame } : null;
    };
  }

  /** Where the job looked; of a report that does not say it, where the images are. */
  #source(): { readonly data: string; readonly annotations: string | null } {
    const { report, storeFolder } = this.#place;
    const { job } = this.#report.inputs;
    if (job === null) return { data: this.#root, annotations: null };
    const recorded = jobOfRecord(job, report, storeFolder, paths);
    return 'data' in recorded ? recorded : { data: this.#root, annotations: null };
  }
}

type Detected = Extract<NonNullable<ModelInput['alignment']>, { kind: 'detected' }>;

/** What the store holds of what the report's detector found. */
class StoredDetections implements Framings {
  readonly #record: Detected;
  readonly #fileOf: (image: string) => string | null;
  readonly #storeFolder: string;
  readonly #description: ReturnType<typeof detectionStore>;
  readonly #framings = new Map<string, Framing>();

  constructor(
    record: Detected,
    libraries: Readonly<Record<string, string>>,
    fileOf: (image: string) => string | null,
    { storeFolder }: ReportPlace,
  ) {
    this.#record = record;
    this.#fileOf = fileOf;
    this.#storeFolder = storeFolder;
    const { sha256, family: kind, scoreThreshold, retryPadded, provider } = record;
    this.#description = detectionStore(
      { sha256, kind, scoreThreshold, provider },
      retryPadded,
      detectionDim,
      libraries,
    );
  }

  async prepare(images: readonly string[], context: JobContext): Promise<void> {
    const unknown = images.filter((image) => !this.#framings.has(image));
    if (unknown.length === 0) return;
    const keys = await this.#keysOf(unknown);
    try {
      await this.#read(keys, context);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      context.log('warning', `Detections cannot be read, images are shown whole: ${error.message}`);
    }
  }

  framingOf(image: string): Framing | null {
    return this.#framings.get(image) ?? null;
  }

  async #read(keys: ReadonlyMap<string, string>, context: JobContext): Promise<void> {
    const description = this.#description;
    const folder = paths.resolve(this.#storeFolder, storeFingerprint(describedBy(description)));
    // Opening would make it.
    if (!existsSync(folder)) return;
    using store = await VectorStore.open({ storeFolder: this.#storeFolder, description, log: context.log });
    const stored = [...keys].filter(([, key]) => store.state(key) === 'usable');
    const facts = readDetections(
      store,
      stored.map(([, key]) => key),
    );
    stored.forEach(([image], i) => {
      const points = chosenLandmarks(facts[i]!, this.#record.faces);
      if (typeof points !== 'string') this.#framings.set(image, { kind: 'points', points, frame: null });
    });
  }

  async #keysOf(images: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const keys = new Map<string, string>();
    for (const image of images) {
      const file = this.#fileOf(image);
      const bytes = file === null ? null : await readFile(file).catch(() => null);
      if (bytes) keys.set(image, createHash('sha256').update(bytes).digest('hex'));
    }
    return keys;
  }
}
