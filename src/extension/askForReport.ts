import { open } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { reportSuffix } from '../protocol/report.ts';
import { browse, chosen } from './choosePlace.ts';
import { headBytes, readReportHead } from './views/reportHead.ts';

const maxReports = 200;

/** Asks for a report: of the workspace, the newest first, or another file. `without` is not offered. Throws `cancelled`. */
export async function askForReport(
  question: { readonly title: string; readonly placeHolder: string },
  without: vscode.Uri | null,
): Promise<vscode.Uri> {
  const items: (vscode.QuickPickItem & { readonly uri?: vscode.Uri })[] = [
    ...(await reportItems(without)),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('Browse…') },
  ];
  const item = chosen(
    await vscode.window.showQuickPick(items, {
      ...question,
      matchOnDescription: true,
      matchOnDetail: true,
    }),
  );
  if (item.uri !== undefined) return item.uri;
  const [file] = await browse({ title: question.title, filters: { JSON: ['json'] } });
  return chosen(file);
}

/** Whether a file can be read and is no comparison. */
export async function isReport(uri: vscode.Uri): Promise<boolean> {
  return (await reportItem(uri)) !== null;
}

async function reportItems(without: vscode.Uri | null) {
  const files = await vscode.workspace.findFiles(`**/*${reportSuffix}`, '**/node_modules/**', maxReports);
  const others = files.filter(({ scheme, fsPath }) => scheme === 'file' && fsPath !== without?.fsPath);
  const found = await Promise.all(others.map(reportItem));
  return found
    .filter((item) => item !== null)
    .sort((a, b) => b.modifiedMs - a.modifiedMs || (a.description < b.description ? -1 : 1));
}

/** `null` for a comparison, which is no report to compare, and for what cannot be read. */
async function reportItem(uri: vscode.Uri) {
  const read = await readHead(uri.fsPath);
  if (read === null) return null;
  const name = path.basename(uri.fsPath);
  const { dataset, models, holds } = readReportHead(read.text, name);
  if (holds === 'comparison') return null;
  return {
    label: `$(graph-scatter) ${name.slice(0, -reportSuffix.length)}`,
    description: vscode.workspace.asRelativePath(uri),
    detail: [dataset, ...models].filter((part) => part !== null).join(' · '),
    uri,
    modifiedMs: read.modifiedMs,
  };
}

/** The beginning alone: reports may be large, and there may be many. */
async function readHead(file: string): Promise<{ text: string; modifiedMs: number } | null> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      const { mtimeMs } = await handle.stat();
      return { text: buffer.toString('utf8', 0, bytesRead), modifiedMs: mtimeMs };
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
