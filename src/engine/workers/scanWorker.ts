import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ScanBins, ScanPoints } from '../../numerics/pairScanner.ts';
import { ScanKernel } from '../../numerics/scanKernel.ts';
import type { ScanLanes } from '../../numerics/scanLanes.ts';
import {
  nextTile,
  panelColumns,
  rowsOfTile,
  stopped,
  type Tile,
  TileProducts,
  tilesOf,
} from './scanTiles.ts';

/** What a thread of the scanner starts with; arrays lie in shared memory. */
export interface ScanWorkerData {
  readonly points: ScanPoints;
  readonly lanes: ScanLanes;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly nThreads: number;
}

export type ToScanWorker = { readonly kind: 'scan'; readonly bins: ScanBins } | { readonly kind: 'close' };

export type FromScanWorker =
  | { readonly kind: 'counted'; readonly pairs: number }
  | { readonly kind: 'done'; readonly sums: readonly Float64Array<ArrayBuffer>[] };

/** Takes tiles until none is left or the scan is stopped. */
async function serve(port: MessagePort, data: ScanWorkerData): Promise<void> {
  const { points, lanes, control, nThreads } = data;
  const tiles = tilesOf(points, nThreads);
  const products = await TileProducts.open(points, nThreads);
  const panel = Math.min(points.n, panelColumns);
  const kernel = new ScanKernel(lanes, panel, rowsOfTile(points.n, nThreads) * panel);

  const scan = async (bins: ScanBins): Promise<void> => {
    kernel.setBins(bins, points.metric);
    while (Atomics.load(control, stopped) === 0) {
      const tile = tiles[Atomics.add(control, nextTile, 1)];
      if (!tile) break;
      if (products.beginsPanel(tile)) kernel.setPanel(tile.panelStart, tile.columnEnd);
      await products.multiply(tile, kernel.products);
      post(port, { kind: 'counted', pairs: countTile(kernel, points, tile) });
    }
    const sums = kernel.finish();
    post(
      port,
      { kind: 'done', sums },
      sums.map(({ buffer }) => buffer),
    );
  };

  let scanning = Promise.resolve();
  port.on('message', (message: ToScanWorker) => {
    switch (message.kind) {
      case 'scan':
        scanning = scan(message.bins);
        break;
      case 'close':
        void scanning.then(() => products.close()).then(() => port.close());
        break;
    }
  });
}

/** The last rows first, as `countRow` wants it. */
function countTile(kernel: ScanKernel, { firstPartners }: ScanPoints, tile: Tile): number {
  const { rowStart, rowEnd, columnStart, columnEnd, panelStart } = tile;
  const columns = columnEnd - columnStart;
  let pairs = 0;
  for (let i = rowEnd - 1; i >= rowStart; i--) {
    const from = Math.max(columnStart, firstPartners[i]!);
    const n = columnEnd - from;
    if (n <= 0) continue;
    kernel.countRow(i, (i - rowStart) * columns + from - columnStart, from - panelStart, n);
    pairs += n;
  }
  return pairs;
}

function post(port: MessagePort, message: FromScanWorker, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

// What goes wrong ends the thread, and its parent hears of it.
if (parentPort) void serve(parentPort, workerData as ScanWorkerData);
