import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../domain/appError.ts';
import type { Report } from '../protocol/report.ts';
import { findRow } from './findRow.ts';

/** The editor opens no text that is larger for extensions. */
const maxTextBytes = 50 * 1024 * 1024;

/**
 * Opens the report's annotation file beside, with the row of the image selected. Where it cannot, a message says why.
 * `uri`: the report's file. In a workspace that is not trusted nothing opens: whoever wrote the report named the file.
 */
export async function openRow(report: Report, uri: vscode.Uri, image: string): Promise<void> {
  const { annotationFile } = report.inputs.dataset;
  if (annotationFile === null || uri.scheme !== 'file' || !vscode.workspace.isTrusted) return;
  const file = path.resolve(path.dirname(uri.fsPath), annotationFile);
  const failure = await showRow(file, image);
  // Not awaited: a message waits for its answer.
  if (failure !== null) void vscode.window.showWarningMessage(failure);
}

/** A sentence where the row could not be shown. */
async function showRow(file: string, image: string): Promise<string | null> {
  const name = path.basename(file);
  if (/\.parquet$/i.test(file)) {
    return vscode.l10n.t('{0} is a Parquet file, which no text editor shows.', name);
  }
  try {
    const { size } = await stat(file);
    const row = await findRow(file, image);
    if (size > maxTextBytes) return tooLarge(name, size, image, row?.line ?? null);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    const range = row ? new vscode.Range(row.line, 0, row.line, row.length) : undefined;
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
      ...(range ? { selection: range } : {}),
    });
    if (!range) return vscode.l10n.t('{0} has no row that names {1}.', name, image);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return null;
  } catch (error) {
    return isMissing(error)
      ? vscode.l10n.t(
          '{0} is not there. Put the report or the annotation file back in its place, or run the analysis again.',
          file,
        )
      : vscode.l10n.t('{0} could not be opened: {1}', name, messageOf(error));
  }
}

function tooLarge(name: string, size: number, image: string, line: number | null): string {
  const megabytes = Math.ceil(size / 1024 / 1024);
  return line === null
    ? vscode.l10n.t(
        '{0} has {1} MB, more than the 50 MB that can be opened here, and no row names {2}.',
        name,
        megabytes,
        image,
      )
    : vscode.l10n.t(
        '{0} has {1} MB, more than the 50 MB that can be opened here. {2} is in line {3}.',
        name,
        megabytes,
        image,
        line + 1,
      );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
