/** Stands in for `cropWorker`: ends in the middle of some images, and leaves others unanswered for ever. */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { CropTask, CropWorkerData } from '../../../src/engine/workers/cropWorker.ts';
import type { PixelSlab } from '../../../src/engine/workers/pixelSlots.ts';

const slabs = new Map((workerData as CropWorkerData).slabs.map(({ id, memory }) => [id, memory]));

parentPort!.on('message', (message: CropTask | PixelSlab) => {
  if ('memory' in message) {
    slabs.set(message.id, message.memory);
    return;
  }
  const { id, path, slot } = message;
  if (path.endsWith('hangs')) return;
  if (path.endsWith('ends')) throw new Error('out of memory');
  if (path.endsWith('endsOnce') && !existsSync(path)) {
    writeFileSync(path, '');
    process.exit(3);
  }
  new Uint8Array(slabs.get(slot.slab)!)[slot.offset] = 7;
  parentPort!.postMessage({ id, error: null, stages: { decodeMs: 1, alignMs: 2 } });
});
