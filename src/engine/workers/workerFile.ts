import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A thread's program: beside the bundle it is in, or the source where that runs as it is. */
export function workerFile(name: 'cropWorker' | 'inferenceWorker' | 'scanWorker'): string {
  const bundled = join(import.meta.dirname, `${name}.cjs`);
  return existsSync(bundled) ? bundled : join(import.meta.dirname, `${name}.ts`);
}
