import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import * as paths from 'node:path';
import { readCudaState } from '../engine/cuda/cudaFolder.ts';
import { runtimePackage } from '../engine/cuda/runtimePackage.ts';
import { defaultCudaFolder } from '../protocol/cudaFolder.ts';
import { cudaEnvironment } from '../protocol/hardwareJobs.ts';
import type { Job } from '../protocol/jobs.ts';

/** Whether a job could use CUDA at all. */
export function opensModels({ kind }: Job): boolean {
  return ['analyze', 'embed', 'invariance', 'inspect', 'preview', 'latticePreview', 'hardware'].includes(
    kind,
  );
}

/**
 * Runs this very command line once more, with an environment in which the loader finds what `install-cuda` installed:
 * a process reads it only when it starts. `null` where nothing is installed, or this process has it already; else
 * the exit code. `warn` hears why an installation is not used.
 */
export async function runWithCuda(warn: (message: string) => void): Promise<number | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const cudaFolder = defaultCudaFolder({ env: process.env, home: homedir(), paths });
  const state = readCudaState(cudaFolder, runtimePackage().version);
  if (state.kind === 'none') return null;
  if (state.kind === 'broken') {
    warn(`${state.reason} Run «attribute-lens install-cuda» again; CUDA is not used until then.`);
    return null;
  }
  const { env, execPath, execArgv, argv } = process;
  const { folder } = state.installation;
  if ((env['LD_LIBRARY_PATH'] ?? '').split(':').includes(folder)) return null;
  const child = spawn(execPath, [...execArgv, ...argv.slice(1)], {
    env: { ...env, ...cudaEnvironment({ folder }, env['LD_LIBRARY_PATH']) },
    stdio: 'inherit',
  });
  // A terminal tells both; what is sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signal === 'SIGTERM') child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
