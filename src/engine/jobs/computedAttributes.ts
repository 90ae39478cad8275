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
import {
  type ImageSource,
  imageRefs,
  keepRows,
  type OpenedImages,
  reportFailures,
  rowsWithout,
} from './openImages.ts';

/**
 * A data set without annotations gets attributes from its images: brightness, contrast, saturation, hue and
 * sharpness, each split at its median. Images that cannot be decoded are left out.
 */
export async function withComputedAttributes(
  images: OpenedImages,
  source: ImageSource,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<OpenedImages> {
  if (!images.table.attributesFromImages) return images;
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
    const attributes = attributesFrom(store.gather(measured.keys));
    diagnostics.add('attributesComputed', undefined, attributes.length);
    return { ...measured, table: { ...measured.table, attributes } };
  } finally {
    store.close();
  }
}

/** @param statistics rows × 5, in the order of `imageStatisticNames`. */
function attributesFrom(statistics: Float32Array): AttributeColumn[] {
  const width = imageStatisticNames.length;
  return imageStatisticNames.map((name, column) => {
    const values = Float64Array.from(
      { length: statistics.length / width },
      (_, row) => statistics[row * width + column]!,
    );
    return name === 'hue' ? splitCircular(name, values) : splitAtMedian(name, values);
  });
}
