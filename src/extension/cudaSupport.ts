import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import {
  cudaEnvironment,
  cudaFolderName,
  cudaInstallationFile,
  type CudaState,
  cudaStateOf,
} from '../protocol/hardwareJobs.ts';
import type { EngineExecutable } from './engineExecutable.ts';

/** What `Install CUDA Support…` left for the runtime that programs in `dist` load. */
export async function readCudaSupport(cudaFolder: string, dist: string): Promise<CudaState> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { kind: 'none' };
  const version = await runtimeVersion(dist);
  if (version === null) return { kind: 'none' };
  const file = join(cudaFolder, cudaFolderName(version), cudaInstallationFile);
  return cudaStateOf(await textOf(file), version, existsSync);
}

/** The executable with an environment in which the loader finds the provider libraries, where they are there. */
export function withCudaSupport(
  executable: EngineExecutable,
  state: CudaState,
  libraryPath: string | undefined,
): EngineExecutable {
  if (state.kind !== 'ready') return executable;
  const { env, why } = executable;
  return {
    ...executable,
    env: { ...env, ...cudaEnvironment(state.installation, libraryPath) },
    why: `${why}; with the CUDA support in ${state.installation.folder}`,
  };
}

/** Read, and never loaded here: that is the engine's. */
const runtimeManifest = 'onnxruntime-node/package.json';

/** `null` where no runtime is there; then the engine says so itself. */
async function runtimeVersion(dist: string): Promise<string | null> {
  try {
    const manifest = createRequire(join(dist, 'engine.cjs')).resolve(runtimeManifest);
    return z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, 'utf8'))).version;
  } catch {
    return null;
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
