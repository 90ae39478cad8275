import { join } from 'node:path';
import * as vscode from 'vscode';
import type { EngineClient } from './engineClient.ts';
import {
  commandPrefix,
  datasetsViewId,
  jobsViewId,
  modelsViewId,
  reportsViewId,
  reportViewType,
} from './identifiers.ts';
import { registerLazyView } from './lazyTree.ts';
import type * as OnUse from './onUse.ts';
import { registerAgentTools } from './registerAgentTools.ts';
import type { Services } from './services.ts';

/**
 * `resource`: what a menu was used on. `resources`: all that are selected, where it was the explorer's. `argument`:
 * the first one as it came.
 */
type Command = (
  services: Services,
  resource: vscode.Uri | undefined,
  resources: readonly vscode.Uri[],
  argument: unknown,
) => unknown;

let loaded: Promise<typeof OnUse> | undefined;
let subscriptions: vscode.Disposable[] = [];

/** Loaded once; from then on wrong settings are marked, too. */
const onUse = () =>
  (loaded ??= import('./onUse.ts').then((parts) => {
    subscriptions.push(parts.watchSettings());
    return parts;
  }));

let engine: Promise<EngineClient> | undefined;

/** Wires, and nothing else; the engine's process starts with the first job. */
export function activate(context: vscode.ExtensionContext): void {
  ({ subscriptions } = context);
  const log = vscode.window.createOutputChannel('Attribute Lens', { log: true });
  const services: Services = {
    log,
    extensionUri: context.extensionUri,
    cudaFolder: join(context.globalStorageUri.fsPath, 'cuda'),
    engine: () =>
      (engine ??= onUse().then(({ createEngine }) => createEngine(context, log, services.cudaFolder))),
  };
  const commands: Readonly<Record<string, () => Promise<Command>>> = {
    createSampleWorkspace: async () => (await onUse()).createSampleWorkspace,
    analyzeAttributes: async () => (await onUse()).analyzeAttributes,
    verifyModel: async () => (await onUse()).verifyModel,
    describeDataset: async () => (await onUse()).describeDataset,
    measureInvariance: async () => (await onUse()).measureInvariance,
    validateEnergy: async () => (await onUse()).validateEnergy,
    checkHardware: async () => (await onUse()).checkHardware,
    installCuda: async () => (await onUse()).installCuda,
    inspectModel: async () => (await onUse()).inspectModel,
    previewAlignment: async () => (await onUse()).previewAlignment,
    previewLattice: async () => (await onUse()).previewLattice,
    trainBaseline: async () => (await onUse()).trainBaseline,
    compareReports: async () => (await onUse()).compareReports,
    analyzeWithModel: async () => (await onUse()).analyzeWithModel,
    exportReport: async () => (await onUse()).exportReport,
    rerunReport: async () => (await onUse()).rerunReport,
    checkReports: async () => (await onUse()).checkReports,
    showJobs: async () => (await onUse()).showJobs,
    cancelJob: async () => (await onUse()).cancelJob,
    openJob: async () => (await onUse()).openJob,
    clearJobs: async () => (await onUse()).clearJobs,
    getStarted: async () => (await onUse()).getStarted,
    openHelp: async () => (await onUse()).openHelp,
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
    ...registerAgentTools(services, onUse),
    registerLazyView(modelsViewId, async () => (await onUse()).createViews.models(context)),
    registerLazyView(datasetsViewId, async () => (await onUse()).createViews.datasets(context)),
    registerLazyView(reportsViewId, async () => (await onUse()).createViews.reports(context)),
    registerLazyView(jobsViewId, async () => (await onUse()).createViews.jobs(context)),
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
    return await command(services, resourceOf(argument), resources, argument);
  } catch (error) {
    const { showError } = await onUse();
    // Not awaited: the command has ended, the message waits for an answer.
    void showError(error, services);
    return undefined;
  }
}

/** Of the explorer's menu a file, of a view's menu an element. */
function resourceOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const isElement = typeof argument === 'object' && argument !== null && 'uri' in argument;
  return isElement && argument.uri instanceof vscode.Uri ? argument.uri : undefined;
}
