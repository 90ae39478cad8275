import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cudaEnvironment,
  cudaFolderName,
  cudaInstallationFile,
  type CudaState,
  cudaStateOf,
} from '../protocol/hardwareJobs.ts';
import type { EngineExecutable } from './engineExecutable.ts';

/** What `Install CUDA Support…` left for the runtime that is shipped in `modules`, this extension's `node_modules`. */
export async function readCudaSupport(cudaFolder: string, modules: string): Promise<CudaState> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { kind: 'none' };
  const manifest = await textOf(join(modules, 'onnxruntime-node', 'package.json'));
  if (manifest === null) return { kind: 'none' };
  const { version } = JSON.parse(manifest) as { readonly version: string };
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

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
