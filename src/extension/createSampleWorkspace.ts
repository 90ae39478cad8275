import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { browse, chosen } from './choosePlace.ts';
import { sampleCreatedKey } from './identifiers.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';

const identities = 200;
const imagesPerIdentity = 10;
const seed = 1;

/** Draws the sample workspace into a folder of the user's choice and offers to open it. */
export async function createSampleWorkspace(services: Services): Promise<void> {
  const [parent] = await browse({
    title: vscode.l10n.t('Folder for the sample workspace'),
    openLabel: vscode.l10n.t('Create Here'),
    canSelectFolders: true,
    canSelectFiles: false,
  });
  const folder = await emptyFolder(chosen(parent).fsPath);
  const title = vscode.l10n.t('Drawing the sample workspace');
  const job = { kind: 'sample', folder, identities, imagesPerIdentity, seed } as const;
  const { nImages } = await runWithProgress(services, title, job);
  await vscode.commands.executeCommand('setContext', sampleCreatedKey, true);
  await offerToOpen(vscode.Uri.file(folder), nImages);
}

/** The folder itself where it is empty, so that nothing of the user's is mixed in; else one inside it. */
async function emptyFolder(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.length === 0) return folder;
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'attribute-lens-sample' : `attribute-lens-sample-${n}`;
    if (!names.includes(name)) return path.join(folder, name);
  }
}

async function offerToOpen(folder: vscode.Uri, nImages: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const openNew = vscode.l10n.t('Open in New Window');
  const number = new Intl.NumberFormat(vscode.env.language);
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('The sample workspace holds {0} faces: {1}', number.format(nImages), folder.fsPath),
    open,
    openNew,
  );
  if (answer === undefined) return;
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: answer === openNew });
}
