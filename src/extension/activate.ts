import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { LogLevel } from '../domain/progress.ts';
import { version } from '../domain/version.ts';
import { analyzeAttributes } from './analyzeAttributes.ts';
import { createSampleWorkspace } from './createSampleWorkspace.ts';
import { EngineClient } from './engineClient.ts';
import { chooseEngineExecutable } from './engineExecutable.ts';
import { findNode } from './findNode.ts';
import { ReportEditor, reportViewType } from './reportEditor.ts';
import type { Services } from './services.ts';
import { readSettings } from './settings.ts';
import { showError } from './showError.ts';
import { trainBaseline } from './trainBaseline.ts';

let engine: EngineClient | undefined;

/** Wires; the engine starts with the first job. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Attribute Lens', { log: true });
  engine = new EngineClient({
    enginePath: context.asAbsolutePath('dist/engine.cjs'),
    client: `vscode ${vscode.version}, attribute-lens ${version}`,
    chooseExecutable,
    log: (level, message) => logAt(log, level, message),
    nowMs: () => performance.now(),
    waitMs: (delayMs) => wait(delayMs),
  });
  const services: Services = { engine, log, extensionUri: context.extensionUri };
  const command = (name: string, run: (services: Services, resource?: vscode.Uri) => unknown) =>
    vscode.commands.registerCommand(`attributeLens.${name}`, async (argument: unknown) => {
      try {
        return await run(services, argument instanceof vscode.Uri ? argument : undefined);
      } catch (error) {
        // Not awaited: the command has ended, the message waits for an answer.
        void showError(error, services);
        return undefined;
      }
    });
  context.subscriptions.push(
    log,
    command('createSampleWorkspace', createSampleWorkspace),
    command('analyzeAttributes', analyzeAttributes),
    command('trainBaseline', trainBaseline),
    command('showLog', () => log.show()),
    command('restartEngine', () => services.engine.restart()),
    vscode.window.registerCustomEditorProvider(reportViewType, new ReportEditor(services)),
  );
}

export async function deactivate(): Promise<void> {
  await engine?.dispose();
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

function logAt(log: vscode.LogOutputChannel, level: LogLevel, message: string): void {
  const method = ({ debug: 'debug', info: 'info', warning: 'warn', error: 'error' } as const)[level];
  log[method](message);
}
