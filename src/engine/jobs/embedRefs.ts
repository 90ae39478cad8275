import { createHash } from 'node:crypto';
import type { AlignmentRecord } from '../../domain/alignment.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { ModelOverride } from '../../domain/preprocessing.ts';
import type { JobContext, Throughput } from '../../domain/progress.ts';
import type { RequestedProvider } from '../../domain/provider.ts';
import { embedImages } from '../../embedding/embedImages.ts';
import type { ShownRef } from '../../embedding/refDecoder.ts';
import { StageClock } from '../../embedding/stageClock.ts';
import { canonicalJson, embeddingStore } from '../../embedding/storeDescription.ts';
import { ThroughputMeter } from '../../embedding/throughputMeter.ts';
import { VectorStore } from '../../embedding/vectorStore.ts';
import { openProviderMemory, providerMemoryFile } from '../../models/providerMemory.ts';
import { type Embedder, openEmbedder } from '../../models/openEmbedder.ts';
import { openRefPixels } from '../workers/refPixels.ts';
import { reportFailures } from './openImages.ts';

export interface EmbedOptions {
  readonly provider: RequestedProvider;
  readonly batchSize: number;
  readonly halfPrecision: boolean;
  readonly storeFolder: string;
  readonly paperCompat: boolean;
}

/** What a model is shown. */
export interface RefsToEmbed {
  readonly refs: readonly ShownRef[];
  /** How their framing came about; part of the store's fingerprint. */
  readonly record: AlignmentRecord;
}

/** A model whose session is closed again, and its store, still open: the caller closes it. */
export interface EmbeddedRefs {
  readonly model: Omit<Embedder, 'run' | 'release'>;
  readonly alignment: AlignmentRecord;
  /** Has a usable row for each key that did not fail. */
  readonly store: VectorStore;
  readonly nComputed: number;
  readonly nFailed: number;
  /** `null` where nothing was embedded. */
  readonly throughput: Throughput | null;
}

/**
 * Embeds with one model what its store lacks. Failures go to the diagnostics. On an error, a cancel included, the
 * store is closed and keeps what was computed.
 */
export async function embedRefs(
  override: ModelOverride,
  { refs, record }: RefsToEmbed,
  { provider, batchSize, halfPrecision, storeFolder, paperCompat }: EmbedOptions,
  libraries: Readonly<Record<string, string>>,
  diagnostics: DiagnosticLog,
  context: JobContext,
): Promise<EmbeddedRefs> {
  const { log, signal } = context;
  const embedder = await openEmbedder({
    override,
    provider,
    batchSize,
    paperCompat,
    halfPrecision,
    memory: (of) => openProviderMemory(providerMemoryFile(storeFolder), of),
    log,
  });
  try {
    for (const { code, text } of embedder.notes) diagnostics.add(code, `${embedder.name}: ${text}`);
    const description = embeddingStore(embedder, alignmentFingerprint(record), libraries);
    const store = await VectorStore.open({ storeFolder, description, log });
    try {
      const { width, height } = embedder.profile.preprocessing;
      const clock = new StageClock();
      const meter = new ThroughputMeter(() => performance.now(), clock);
      const pixels = openRefPixels(width, height, embedder.provider.ran, clock, signal);
      const { failures, nComputed } = await embedImages<ShownRef>({
        images: refs,
        store,
        embedder,
        signal,
        meter,
        decode: pixels.decode,
        release: pixels.release,
        onProgress: (done, total, item) =>
          context.progress({ phase: 'embed', done, total, item, throughput: meter.recent }),
        log,
      }).finally(pixels.close);
      reportFailures(failures, diagnostics, log);
      const { whole: throughput } = meter;
      return { model: embedder, alignment: record, store, nComputed, nFailed: failures.length, throughput };
    } catch (error) {
      store.close();
      throw error;
    }
  } finally {
    await embedder.release();
  }
}

/** Of what decides the crop of an image; the landmarks of a table are in the keys of the images. */
export function alignmentFingerprint(record: AlignmentRecord): string {
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
