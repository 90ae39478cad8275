import { parentPort } from 'node:worker_threads';
import { infer, type InferenceTask } from '../../analyses/inference.ts';

/** A thread of the pool: one task, one result, until it is terminated. */
parentPort!.on('message', (task: InferenceTask) => {
  parentPort!.postMessage(infer(task));
});
