import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { version } from '../domain/version.ts';
import { readCudaSupport, withCudaSupport } from './cudaSupport.ts';
import { EngineClient } from './engineClient.ts';
import { chooseEngineExecutable } from './engineExecutable.ts';
import { findNode } from './findNode.ts';
import { readSettings } from './settings.ts';

/** The client, which starts no process before its first job. */
export function createEngine(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  cudaFolder: string,
): EngineClient {
  const logMethods = { debug: 'debug', info: 'info', warning: 'warn', error: 'error' } as const;
  return new EngineClient({
    enginePath: context.asAbsolutePath('dist/engine.cjs'),
    client: `vscode ${vscode.version}, attribute-lens ${version}`,
    chooseExecutable: async () => {
      const cuda = await readCudaSupport(cudaFolder, context.asAbsolutePath('dist'));
      if (cuda.kind === 'broken')
        log.warn(`${cuda.reason} Install CUDA support again; it is not used until then.`);
      return withCudaSupport(await chooseExecutable(), cuda, process.env['LD_LIBRARY_PATH']);
    },
    log: (level, message) => log[logMethods[level]](message),
    nowMs: () => performance.now(),
    waitMs: (delayMs) => wait(delayMs),
  });
}

function chooseExecutable() {
  return chooseEngineExecutable(
    {
      platform: process.platform,
      execPath: process.execPath,
      electron: process.versions['electron'],
      // Machine-scoped and restricted: a workspace cannot name an executable.
      nodePath: readSettings(undefined).nodePath,
    },
    findNode,
  );
}
