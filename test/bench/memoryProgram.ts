/** One part of memoryBench.ts in a process of its own: prints what it held, in bytes, as JSON. Needs --expose-gc. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openImages } from '../../src/engine/jobs/openImages.ts';
import { DiagnosticLog } from '../../src/domain/diagnostic.ts';
import { VectorStore } from '../../src/embedding/vectorStore.ts';
import { openEmbedder } from '../../src/models/openEmbedder.ts';
import { noProviderMemory } from '../../src/models/providerMemory.ts';

const rowsPerAppend = 4096;

const [part, path, other] = process.argv.slice(2);
const result = part === 'batches' ? await runBatches(path!) : await openFolder(path!, other!);
console.log(JSON.stringify(result));

/** Resident bytes after so many batches of one session. */
async function runBatches(model: string): Promise<Readonly<Record<string, number>>> {
  const embedder = await openEmbedder({
    override: { path: model },
    provider: 'cpu',
    batchSize: 8,
    paperCompat: false,
    halfPrecision: false,
    memory: () => noProviderMemory,
    log: () => undefined,
  });
  const { width, height } = embedder.profile.preprocessing;
  const pixels = new Uint8Array(embedder.batchSize * width * height * 3).fill(100);
  const seen: Record<string, number> = {};
  for (let batch = 1; batch <= 1000; batch++) {
    await embedder.run(pixels);
    if (batch % 200 === 0) seen[batch] = residentBytes();
  }
  await embedder.release();
  return seen;
}

/** Lists a folder, hashes its files, and fills and opens a store with a row for each. */
async function openFolder(data: string, storeFolder: string): Promise<Readonly<Record<string, number>>> {
  const atStart = heldBytes();
  const context = { signal: new AbortController().signal, progress: () => undefined, log: () => undefined };
  const images = await openImages({ data, annotations: null, storeFolder }, context, new DiagnosticLog());
  const n = images.keys.length;
  const listed = heldBytes();
  const description = { kind: 'embeddings', dim: 16, hasNorms: false, parts: { of: n } } as const;
  const request = { storeFolder: join(storeFolder, 'vectors'), description, log: () => undefined };
  const filled = await VectorStore.open(request);
  const vector = new Float32Array(16).fill(1);
  for (let from = 0; from < n; from += rowsPerAppend) {
    // A key of its own for each: contents repeat here, and a store has a row for each content.
    const rows = images.table.images.slice(from, from + rowsPerAppend).map((name) => ({
      key: createHash('sha256').update(name).digest('hex'),
      vector,
      norm: null,
      usable: true,
    }));
    filled.append(rows);
  }
  filled.close();
  const before = heldBytes();
  const store = await VectorStore.open(request);
  const stored = heldBytes();
  if (store.size !== n || images.table.images.length !== n) throw new Error(`${store.size} of ${n} rows.`);
  store.close();
  const peak = process.resourceUsage().maxRSS * 1024;
  return { images: n, listed: listed - atStart, stored: stored - before, peak };
}

function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function residentBytes(): number {
  collect();
  return process.memoryUsage().rss;
}

function collect(): void {
  if (!globalThis.gc) throw new Error('Run with --expose-gc.');
  globalThis.gc();
}
