/** Stands in for `cropWorker`: ends in the middle of some images, and leaves others unanswered for ever. */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { CropTask } from '../../../src/engine/workers/cropWorker.ts';

parentPort!.on('message', ({ id, path }: CropTask) => {
  if (path.endsWith('hangs')) return;
  if (path.endsWith('ends')) throw new Error('out of memory');
  if (path.endsWith('endsOnce') && !existsSync(path)) {
    writeFileSync(path, '');
    process.exit(3);
  }
  parentPort!.postMessage({ id, pixels: new Uint8Array([7]), stages: { decodeMs: 1, alignMs: 2 } });
});
