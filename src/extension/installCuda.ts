import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { cancelledError } from '../domain/appError.ts';
import { requireTrust } from './choosePlace.ts';
import { commandPrefix } from './identifiers.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';

/**
 * Finds CUDA 12 and cuDNN 9, fetches the provider libraries that go with them into the global storage, and starts the
 * engine with them. Two questions, neither of which is asked where this machine has no use for CUDA: the job says so.
 */
export async function installCuda(services: Services): Promise<void> {
  requireTrust();
  const isSuitable =
    process.platform === 'linux' &&
    process.arch === 'x64' &&
    ['/dev/nvidiactl', '/dev/dxg'].some((device) => existsSync(device));
  const pythonEnvironments = isSuitable ? await chooseEnvironment() : [];
  const file = isSuitable ? await chooseSource() : null;
  const proxy = vscode.workspace.getConfiguration('http').get<string>('proxy') ?? '';
  await runWithProgress(services, vscode.l10n.t('Installing CUDA support'), {
    kind: 'installCuda',
    cudaFolder: services.cudaFolder,
    file,
    proxy: proxy === '' ? null : proxy,
    pythonEnvironments: [...pythonEnvironments],
  });
  // What a loader looks through is read when a process starts.
  await (await services.engine()).restart();
  void offerCheck();
}

async function offerCheck(): Promise<void> {
  const check = vscode.l10n.t('Check Hardware');
  const sentence = vscode.l10n.t('CUDA support is installed; the next job starts with it.');
  const chosen = await vscode.window.showInformationMessage(sentence, check);
  if (chosen === check) await vscode.commands.executeCommand(`${commandPrefix}checkHardware`);
}

interface Choice extends vscode.QuickPickItem {
  readonly pick: () => Promise<readonly string[]>;
}

/** Environments in which CUDA's libraries are looked for before the usual places. */
async function chooseEnvironment(): Promise<readonly string[]> {
  const found = (vscode.workspace.workspaceFolders ?? [])
    .flatMap(({ uri }) => ['.venv', 'venv', 'env'].map((name) => path.join(uri.fsPath, name)))
    .filter((folder) => existsSync(path.join(folder, 'pyvenv.cfg')));
  const choices: Choice[] = [
    {
      label: vscode.l10n.t('Look where they usually are'),
      description: vscode.l10n.t('the system’s folders and the active Python environment'),
      pick: () => Promise.resolve([]),
    },
    ...found.map((folder) => ({
      label: folder,
      description: vscode.l10n.t('Python environment'),
      pick: () => Promise.resolve([folder]),
    })),
    {
      label: vscode.l10n.t('Pick a Python environment…'),
      description: vscode.l10n.t('one with PyTorch, or with NVIDIA’s packages'),
      pick: () => pickOne({ canSelectFolders: true, canSelectFiles: false }),
    },
  ];
  const title = vscode.l10n.t('Where are CUDA 12 and cuDNN 9?');
  const chosen = await vscode.window.showQuickPick(choices, { title });
  if (chosen === undefined) throw cancelledError();
  return chosen.pick();
}

/** `null`: from the registry. */
async function chooseSource(): Promise<string | null> {
  const choices: Choice[] = [
    {
      label: vscode.l10n.t('Download the provider libraries'),
      description: vscode.l10n.t('some hundred megabytes from nuget.org'),
      pick: () => Promise.resolve([]),
    },
    {
      label: vscode.l10n.t('Pick a package that was downloaded elsewhere…'),
      description: 'microsoft.ml.onnxruntime.gpu.linux.*.nupkg',
      pick: () => pickOne({ filters: { [vscode.l10n.t('Packages')]: ['nupkg', 'whl', 'zip'] } }),
    },
  ];
  const title = vscode.l10n.t('ONNX Runtime’s libraries for CUDA');
  const chosen = await vscode.window.showQuickPick(choices, { title });
  if (chosen === undefined) throw cancelledError();
  return (await chosen.pick())[0] ?? null;
}

async function pickOne(options: vscode.OpenDialogOptions): Promise<readonly string[]> {
  const uris = await vscode.window.showOpenDialog({ ...options, canSelectMany: false });
  if (!uris?.[0]) throw cancelledError();
  return [uris[0].fsPath];
}
