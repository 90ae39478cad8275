import { splitAtMedian, splitCircular } from '../../datasets/attributeRules.ts';
import type { AttributeColumn } from '../../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { decodeFileForStatistics } from '../../embedding/fileDecoders.ts';
import { measureImages } from '../../embedding/measureImages.ts';
import { statisticsStore } from '../../embedding/storeDescription.ts';
import { VectorStore } from '../../embedding/vectorStore.ts';
import { statisticsSidePixels } from '../../models/decoder.ts';
import { imageStatisticNames } from '../../numerics/imageStatistics.ts';
import { withAttributes } from './measuredAttributes.ts';
import {
  type ImageSource,
  imageRefs,
  keepRows,
  type OpenedImages,
  reportFailures,
  rowsWithout,
} from './openImages.ts';

/** What a folder without annotations gets: what a person would look at first. */
const basicStatistics: readonly string[] = ['brightness', 'contrast', 'saturation', 'hue', 'sharpness'];

/**
 * Statistics of the images as attributes, each split at its median: a few for a data set without annotations, all
 * of them, beside what is annotated, where `wanted`. Images that cannot be decoded are left out.
 */
export async function withComputedAttributes(
  images: OpenedImages,
  source: ImageSource & { readonly imageStatistics: boolean },
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<OpenedImages> {
  if (!images.table.attributesFromImages && !source.imageStatistics) return images;
  const store = await VectorStore.open({
    storeFolder: source.storeFolder,
    description: statisticsStore(statisticsSidePixels, statisticsSidePixels, imageStatisticNames, libraries),
    log: context.log,
  });
  try {
    const { failures } = await measureImages({
      images: imageRefs(images),
      store,
      signal: context.signal,
      decode: decodeFileForStatistics,
      onProgress: (done, total, item) => context.progress({ phase: 'decode', done, total, item }),
      log: context.log,
    });
    reportFailures(failures, diagnostics, context.log);
    const measured = keepRows(images, rowsWithout(images, failures), source.data);
    const names = imageStatisticNames.filter(
      (name) => source.imageStatistics || basicStatistics.includes(name),
    );
    const columns = statisticColumns(store.gather(measured.keys), names);
    if (images.table.attributesFromImages) diagnostics.add('attributesComputed', undefined, columns.length);
    return { ...measured, table: withAttributes(measured.table, columns) };
  } finally {
    store.close();
  }
}

/** @param statistics rows × statistics, in the order of `imageStatisticNames`. */
function statisticColumns(
  statistics: Float32Array,
  names: readonly (typeof imageStatisticNames)[number][],
): AttributeColumn[] {
  const width = imageStatisticNames.length;
  return names.map((name) => {
    const column = imageStatisticNames.indexOf(name);
    const values = Float64Array.from(
      { length: statistics.length / width },
      (_, row) => statistics[row * width + column]!,
    );
    return name === 'hue' ? splitCircular(name, values) : splitAtMedian(name, values);
  });
}
