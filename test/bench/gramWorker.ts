import { parentPort, workerData } from 'node:worker_threads';
import {
  nextTile,
  rowsOfTile,
  panelColumns,
  TileProducts,
  tilesOf,
} from '../../src/engine/workers/scanTiles.ts';
import type { ScanWorkerData } from '../../src/engine/workers/scanWorker.ts';

/** The products of the tiles that a scan makes, and nothing else: says when it can start, and when it is through. */
const { points, control, nThreads } = workerData as Pick<ScanWorkerData, 'points' | 'control' | 'nThreads'>;
const products = await TileProducts.open(points, nThreads);
const out = new Float32Array(rowsOfTile(points.n, nThreads) * Math.min(points.n, panelColumns));
const tiles = tilesOf(points, nThreads);
parentPort!.once('message', () => void work());
parentPort!.postMessage('ready');

async function work(): Promise<void> {
  for (;;) {
    const tile = tiles[Atomics.add(control, nextTile, 1)];
    if (!tile) break;
    await products.multiply(tile, out);
  }
  parentPort!.postMessage('done');
}
