import * as vscode from 'vscode';
import type { EngineClient } from './engineClient.ts';
import { commandPrefix, reportViewType } from './identifiers.ts';
import type { Services } from './services.ts';

/** `resources`: all that are selected, where a menu of the explorer was used. */
type Command = (
  services: Services,
  resource: vscode.Uri | undefined,
  resources: readonly vscode.Uri[],
) => unknown;

const onUse = () => import('./onUse.ts');

let engine: Promise<EngineClient> | undefined;

/** Wires, and nothing else; the engine's process starts with the first job. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Attribute Lens', { log: true });
  const services: Services = {
    log,
    extensionUri: context.extensionUri,
    engine: () => (engine ??= onUse().then(({ createEngine }) => createEngine(context, log))),
  };
  const commands: Readonly<Record<string, () => Promise<Command>>> = {
    createSampleWorkspace: async () => (await onUse()).createSampleWorkspace,
    analyzeAttributes: async () => (await onUse()).analyzeAttributes,
    verifyModel: async () => (await onUse()).verifyModel,
    describeDataset: async () => (await onUse()).describeDataset,
    measureInvariance: async () => (await onUse()).measureInvariance,
    validateEnergy: async () => (await onUse()).validateEnergy,
    inspectModel: async () => (await onUse()).inspectModel,
    previewAlignment: async () => (await onUse()).previewAlignment,
    previewLattice: async () => (await onUse()).previewLattice,
    trainBaseline: async () => (await onUse()).trainBaseline,
    compareReports: async () => (await onUse()).compareReports,
    showLog: () => Promise.resolve(() => log.show()),
    restartEngine: () => Promise.resolve(async () => engine && (await engine).restart()),
  };
  const editor: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async ({ uri }, panel) => (await onUse()).showReport(services, uri, panel),
  };
  context.subscriptions.push(
    log,
    vscode.window.registerCustomEditorProvider(reportViewType, editor),
    ...Object.entries(commands).map(([name, load]) =>
      vscode.commands.registerCommand(`${commandPrefix}${name}`, (argument: unknown, selection: unknown) =>
        run(load, services, argument, selection),
      ),
    ),
  );
}

export async function deactivate(): Promise<void> {
  await (await engine)?.dispose();
}

async function run(
  load: () => Promise<Command>,
  services: Services,
  argument: unknown,
  selection: unknown,
): Promise<unknown> {
  try {
    const command = await load();
    const resources = Array.isArray(selection) ? selection.filter((one) => one instanceof vscode.Uri) : [];
    return await command(services, argument instanceof vscode.Uri ? argument : undefined, resources);
  } catch (error) {
    const { showError } = await onUse();
    // Not awaited: the command has ended, the message waits for an answer.
    void showError(error, services);
    return undefined;
  }
}
