/** What the store of embeddings holds on disk, read without the product's own code. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const indexLineBytes = 76;

export interface StoreOnDisk {
  readonly rows: number;
  readonly vectors: Buffer;
}

/** The default store: the suites are started with a cache folder of their own. */
function storeFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'];
  if (cache === undefined) throw new Error('XDG_CACHE_HOME names no folder for the tests.');
  return join(cache, 'attribute-lens');
}

export async function clearStore(): Promise<void> {
  await rm(storeFolder(), { recursive: true, force: true });
}

/** The one store of embeddings that there is. */
export async function embeddingsOnDisk(): Promise<StoreOnDisk> {
  const found: StoreOnDisk[] = [];
  for (const name of await readdir(storeFolder())) {
    const folder = join(storeFolder(), name);
    const meta = await readFile(join(folder, 'meta.json'), 'utf8').catch(() => '{}');
    if ((JSON.parse(meta) as { kind?: string }).kind !== 'embeddings') continue;
    const index = await readFile(join(folder, 'index.txt'));
    found.push({
      rows: Math.floor(index.length / indexLineBytes),
      vectors: await readFile(join(folder, 'vectors.f32')),
    });
  }
  if (found.length !== 1) throw new Error(`${found.length} stores instead of one.`);
  return found[0]!;
}
