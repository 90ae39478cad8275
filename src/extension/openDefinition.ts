import * as vscode from 'vscode';
import type { DefinitionAnchor } from '../protocol/definitions.ts';
import type { Services } from './services.ts';

/** Shows what a number of the report means: a section of the extension's own page of definitions. */
export async function openDefinition({ extensionUri }: Services, anchor: DefinitionAnchor): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'definitions.md').with({ fragment: anchor });
  await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
}
