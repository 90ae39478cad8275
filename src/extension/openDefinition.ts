import * as vscode from 'vscode';
import type { DefinitionAnchor } from '../protocol/definitions.ts';
import { isHelpPlace } from '../protocol/settingHelp.ts';
import type { Services } from './services.ts';

/** Shows what a number of the report means: a section of the extension's own page of definitions. */
export async function openDefinition({ extensionUri }: Services, anchor: DefinitionAnchor): Promise<void> {
  await showPage(extensionUri, 'docs/definitions.md', anchor, 'markdown.showPreviewToSide');
}

/** What the links of settings do. */
export async function openHelp(
  { extensionUri }: Services,
  ...[, , place]: readonly unknown[]
): Promise<void> {
  if (!isHelpPlace(place)) return;
  const [page = '', anchor = ''] = place.split('#');
  await showPage(extensionUri, page, anchor, 'markdown.showPreview');
}

async function showPage(folder: vscode.Uri, page: string, fragment: string, command: string): Promise<void> {
  await vscode.commands.executeCommand(command, vscode.Uri.joinPath(folder, page).with({ fragment }));
}
