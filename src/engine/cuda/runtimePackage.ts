import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export interface RuntimePackage {
  readonly version: string;
  /** The library that looks for providers beside itself. */
  readonly library: string;
}

/** The installed onnxruntime-node, without loading it. */
export function runtimePackage(): RuntimePackage {
  const file = createRequire(join(import.meta.dirname, 'x.js')).resolve(`${packageName}/package.json`);
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));
  return { version, library: join(dirname(file), 'bin/napi-v6/linux/x64', runtimeLibrary) };
}

export const runtimeLibrary = 'libonnxruntime.so.1';

const packageName = 'onnxruntime-node';
