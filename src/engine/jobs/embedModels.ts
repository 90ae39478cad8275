import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { ModelOverride } from '../../domain/preprocessing.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { RequestedProvider } from '../../domain/provider.ts';
import { embedImages } from '../../embedding/embedImages.ts';
import { fileDecoder } from '../../embedding/fileDecoders.ts';
import { embeddingStore } from '../../embedding/storeDescription.ts';
import { VectorStore } from '../../embedding/vectorStore.ts';
import { type Embedder, openEmbedder } from '../../models/openEmbedder.ts';
import {
  type ImageSource,
  imageRefs,
  keepRows,
  type OpenedImages,
  reportFailures,
  rowsWithout,
} from './openImages.ts';

export interface EmbeddingOptions extends ImageSource {
  readonly models: readonly ModelOverride[];
  readonly provider: RequestedProvider;
  readonly batchSize: number;
}

/** A model whose session is closed again, and its store, still open: the caller closes it. */
export interface EmbeddedModel {
  readonly model: Omit<Embedder, 'run' | 'release'>;
  readonly store: VectorStore;
  readonly nComputed: number;
  readonly nFailed: number;
}

export interface EmbeddedImages {
  /** Rows that every model could embed, so that models are compared on the same images. */
  readonly images: OpenedImages;
  readonly models: readonly EmbeddedModel[];
  readonly close: () => void;
}

/** Images are given to the models whole: nothing is aligned before the resize. */
const alignment = 'none';

/**
 * Embeds the images with each model in turn, one session at a time. Images that fail with one model are not
 * given to the next. On an error, a cancel included, stores are closed and keep what was computed.
 */
export async function embedModels(
  opened: OpenedImages,
  options: EmbeddingOptions,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<EmbeddedImages> {
  const models: EmbeddedModel[] = [];
  const close = (): void => models.forEach(({ store }) => store.close());
  const perModel = opened.table.images.length;
  let images = opened;
  try {
    for (const [i, override] of options.models.entries()) {
      const before = i * perModel + (perModel - images.table.images.length);
      const embedded = await embedWith(override, images, options, libraries, diagnostics, {
        ...context,
        progress: ({ phase, done, item }) =>
          context.progress({ phase, done: before + done, total: options.models.length * perModel, item }),
      });
      models.push(embedded);
      images = keepRows(images, embedded.usableRows, options.data);
    }
    return { images, models, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function embedWith(
  override: ModelOverride,
  images: OpenedImages,
  options: EmbeddingOptions,
  libraries: Readonly<Record<string, string>>,
  diagnostics: DiagnosticLog,
  context: JobContext,
): Promise<EmbeddedModel & { readonly usableRows: Int32Array }> {
  const { provider, batchSize, storeFolder } = options;
  const { log, signal } = context;
  const embedder = await openEmbedder({ override, provider, batchSize, log });
  try {
    for (const { code, text } of embedder.notes) diagnostics.add(code, `${embedder.name}: ${text}`);
    const description = embeddingStore(embedder, alignment, libraries);
    const store = await VectorStore.open({ storeFolder, description, log });
    try {
      const { width, height } = embedder.profile.preprocessing;
      const { failures, nComputed } = await embedImages({
        images: imageRefs(images),
        store,
        embedder,
        signal,
        decode: fileDecoder(width, height),
        onProgress: (done, total, item) => context.progress({ phase: 'embed', done, total, item }),
        log,
      });
      reportFailures(failures, diagnostics, log);
      return {
        model: embedder,
        store,
        nComputed,
        nFailed: failures.length,
        usableRows: rowsWithout(images, failures),
      };
    } catch (error) {
      store.close();
      throw error;
    }
  } finally {
    await embedder.release();
  }
}
