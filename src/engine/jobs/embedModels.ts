import { createHash } from 'node:crypto';
import type { AlignmentRecord } from '../../domain/alignment.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { ModelOverride } from '../../domain/preprocessing.ts';
import type { JobContext } from '../../domain/progress.ts';
import { cropDecoder, type FramedRef } from '../../embedding/cropFaces.ts';
import { embedImages } from '../../embedding/embedImages.ts';
import { canonicalJson, embeddingStore } from '../../embedding/storeDescription.ts';
import { VectorStore } from '../../embedding/vectorStore.ts';
import { type Embedder, openEmbedder } from '../../models/openEmbedder.ts';
import { modelFamilyOf } from '../../models/modelFamilyOf.ts';
import type { FaceMeasures } from './detectedFrames.ts';
import { type FramedImages, frameImages, type FramingRequest, wholeImages } from './frameImages.ts';
import { type ImageSource, keepRows, type OpenedImages, reportFailures } from './openImages.ts';

export interface EmbeddingOptions extends ImageSource, FramingRequest {
  readonly models: readonly ModelOverride[];
  readonly paperCompat: boolean;
  readonly batchSize: number;
}

/** A model whose session is closed again, and its store, still open: the caller closes it. */
export interface EmbeddedModel {
  readonly model: Omit<Embedder, 'run' | 'release'>;
  readonly alignment: AlignmentRecord;
  readonly store: VectorStore;
  /** The store's key of each image, by the image's name. */
  readonly keys: ReadonlyMap<string, string>;
  readonly nComputed: number;
  readonly nFailed: number;
}

export interface EmbeddedImages {
  /** Rows that every model could embed, so that models are compared on the same images. */
  readonly images: OpenedImages;
  readonly models: readonly EmbeddedModel[];
  /** By image name; empty where no detector looked. */
  readonly faces: ReadonlyMap<string, FaceMeasures>;
  readonly close: () => void;
}

/**
 * Aligns the images and embeds them with each model in turn, one session at a time, the detector's first. Images
 * that fail with one model are not given to the next. On an error, a cancel included, stores are closed and keep
 * what was computed.
 */
export async function embedModels(
  opened: OpenedImages,
  options: EmbeddingOptions,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<EmbeddedImages> {
  const framings = await frameForEach(opened, options, libraries, context, diagnostics);
  const models: EmbeddedModel[] = [];
  const close = (): void => models.forEach(({ store }) => store.close());
  let images = framings[0]?.images ?? opened;
  const perModel = images.table.images.length;
  try {
    for (const [i, override] of options.models.entries()) {
      const before = i * perModel + (perModel - images.table.images.length);
      const present = new Set(images.table.images);
      const { record, refs } = framings[i]!;
      const own = refs.filter(({ name }) => present.has(name));
      const embedded = await embedWith(override, own, record, options, libraries, diagnostics, {
        ...context,
        progress: ({ phase, done, item }) =>
          context.progress({ phase, done: before + done, total: options.models.length * perModel, item }),
      });
      models.push(embedded);
      const usable = Int32Array.from(images.keys.keys()).filter((row) =>
        embedded.usable.has(images.table.images[row]!),
      );
      images = keepRows(images, usable, options.data);
    }
    const faces = framings.find((framing) => framing.faces)?.faces ?? new Map<string, FaceMeasures>();
    return { images, models, faces, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** What each model is shown: the same images for all. A baseline learned here was taught whole images. */
async function frameForEach(
  opened: OpenedImages,
  options: EmbeddingOptions,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<readonly FramedImages[]> {
  const seesWhole: boolean[] = [];
  for (const override of options.models) {
    seesWhole.push(options.alignment.mode === 'auto' && (await modelFamilyOf(override)) === 'eigenfaces');
  }
  if (seesWhole.every(Boolean)) return seesWhole.map(() => wholeImages(opened));
  const aligned = await frameImages(opened, options, libraries, context, diagnostics);
  return seesWhole.map((whole) => (whole ? wholeImages(aligned.images) : aligned));
}

async function embedWith(
  override: ModelOverride,
  refs: readonly FramedRef[],
  record: AlignmentRecord,
  options: EmbeddingOptions,
  libraries: Readonly<Record<string, string>>,
  diagnostics: DiagnosticLog,
  context: JobContext,
): Promise<EmbeddedModel & { readonly usable: ReadonlySet<string> }> {
  const { provider, batchSize, storeFolder, paperCompat } = options;
  const { log, signal } = context;
  const embedder = await openEmbedder({ override, provider, batchSize, paperCompat, log });
  try {
    for (const { code, text } of embedder.notes) diagnostics.add(code, `${embedder.name}: ${text}`);
    const description = embeddingStore(embedder, alignmentFingerprint(record), libraries);
    const store = await VectorStore.open({ storeFolder, description, log });
    try {
      const { width, height } = embedder.profile.preprocessing;
      const { failures, nComputed } = await embedImages<FramedRef>({
        images: refs,
        store,
        embedder,
        signal,
        decode: cropDecoder(width, height),
        onProgress: (done, total, item) => context.progress({ phase: 'embed', done, total, item }),
        log,
      });
      reportFailures(failures, diagnostics, log);
      const failed = new Set(failures.map(({ name }) => name));
      const usable = new Set(refs.map(({ name }) => name).filter((name) => !failed.has(name)));
      const keys = new Map(refs.map(({ name, key }) => [name, key]));
      return { model: embedder, alignment: record, store, keys, nComputed, nFailed: failures.length, usable };
    } catch (error) {
      store.close();
      throw error;
    }
  } finally {
    await embedder.release();
  }
}

/** Of what decides the crop of an image; the landmarks of a table are in the keys of the images. */
function alignmentFingerprint(record: AlignmentRecord): string {
  switch (record.kind) {
    case 'none':
      return 'none';
    case 'landmarks':
      return `landmarks:${record.source}`;
    case 'detected': {
      const { sha256, scoreThreshold, retryPadded, faces, provider } = record;
      const parts = { sha256, scoreThreshold, retryPadded, faces, provider: provider.ran };
      return `detected:${createHash('sha256').update(canonicalJson(parts)).digest('hex')}`;
    }
  }
}
