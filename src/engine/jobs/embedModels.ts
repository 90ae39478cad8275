import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { ModelOverride } from '../../domain/preprocessing.ts';
import type { JobContext } from '../../domain/progress.ts';
import { modelFamilyOf } from '../../models/modelFamilyOf.ts';
import type { FaceMeasures } from './detectedFrames.ts';
import { type EmbeddedRefs, embedRefs } from './embedRefs.ts';
import { type FramedImages, frameImages, type FramingRequest, wholeImages } from './frameImages.ts';
import { type ImageSource, keepRows, type OpenedImages } from './openImages.ts';

export interface EmbeddingOptions extends ImageSource, FramingRequest {
  readonly models: readonly ModelOverride[];
  readonly paperCompat: boolean;
  readonly batchSize: number;
  readonly halfPrecision: boolean;
}

export interface EmbeddedModel extends EmbeddedRefs {
  /** The store's key of each image, by the image's name. */
  readonly keys: ReadonlyMap<string, string>;
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
      const request = { refs: own, record };
      const embedded = await embedRefs(override, request, options, libraries, diagnostics, {
        ...context,
        progress: (update) =>
          context.progress({
            ...update,
            done: before + update.done,
            total: options.models.length * perModel,
          }),
      });
      const keys = new Map(own.map(({ name, key }) => [name, key]));
      models.push({ ...embedded, keys });
      const usable = Int32Array.from(images.keys.keys()).filter((row) => {
        const key = keys.get(images.table.images[row]!);
        return key !== undefined && embedded.store.state(key) === 'usable';
      });
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
export async function frameForEach(
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
