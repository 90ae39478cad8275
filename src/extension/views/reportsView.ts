import { open } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { reportSuffix } from '../../protocol/report.ts';
import type { Freshness } from '../../protocol/reportJobs.ts';
import { knownFreshness } from '../freshness.ts';
import { reportViewType } from '../identifiers.ts';
import { headBytes, readReportHead, type ReportContent, type ReportHead } from './reportHead.ts';
import { findInWorkspace, watchWorkspace, whenAtRest } from './workspaceFiles.ts';

export interface ReportElement {
  readonly uri: vscode.Uri;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

const maxFound = 500;
/** Older ones are found in the explorer. */
const maxShown = 100;

/** Reports of the workspace, newest first. Of each the beginning is read, once for each change. */
export class ReportsView implements vscode.TreeDataProvider<ReportElement> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #heads = new Map<string, { readonly changed: number; readonly head: Promise<ReportHead> }>();
  readonly disposable: vscode.Disposable;

  constructor() {
    const refresh = () => this.#changed.fire(undefined);
    const rest = whenAtRest(refresh);
    this.disposable = vscode.Disposable.from(
      this.#changed,
      rest,
      new vscode.Disposable(knownFreshness.onChange(rest.touch)),
      watchWorkspace([`**/*${reportSuffix}`], { changes: true }, refresh),
    );
  }

  async getChildren(element?: ReportElement): Promise<ReportElement[]> {
    if (element) return [];
    const found = await findInWorkspace(`**/*${reportSuffix}`, maxFound);
    const elements = await Promise.all(found.map(timed));
    return elements
      .filter((one) => one !== null)
      .sort((a, b) => b.changed - a.changed)
      .slice(0, maxShown);
  }

  /** Those of the list that are no comparisons. */
  async getReports(): Promise<ReportElement[]> {
    const elements = await this.getChildren();
    const heads = await Promise.all(elements.map((element) => this.#headOf(element)));
    return elements.filter((_, i) => heads[i]!.holds !== 'comparison');
  }

  async getTreeItem(element: ReportElement): Promise<vscode.TreeItem> {
    const { uri, changed } = element;
    const fileName = path.posix.basename(uri.path);
    const head = await this.#headOf(element);
    const freshness = uri.scheme === 'file' ? await knownFreshness.of(uri.fsPath) : undefined;
    const isStale = freshness?.state === 'stale';
    const item = new vscode.TreeItem(titleOf(head, fileName));
    const holds = head.holds === null ? [] : [contentInWords(head.holds)];
    const when = new Date(changed);
    const date = when.toLocaleDateString(vscode.env.language, { dateStyle: 'medium' });
    item.id = uri.toString();
    item.description = [...(isStale ? [vscode.l10n.t('stale')] : []), ...holds, date].join(' · ');
    item.tooltip = tooltip(uri, when, freshness);
    item.iconPath = isStale
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon(head.holds === 'comparison' ? 'diff' : 'graph-scatter');
    item.contextValue = head.holds === 'comparison' ? 'comparison' : isStale ? 'report.stale' : 'report';
    item.command = {
      command: 'vscode.openWith',
      title: vscode.l10n.t('Open'),
      arguments: [uri, reportViewType, { preview: true }],
    };
    return item;
  }

  #headOf({ uri, changed }: ReportElement): Promise<ReportHead> {
    const key = uri.toString();
    const known = this.#heads.get(key);
    if (known?.changed === changed) return known.head;
    const head = readHead(uri).then((text) => readReportHead(text, path.posix.basename(uri.path)));
    this.#heads.set(key, { changed, head });
    return head;
  }
}

async function timed(uri: vscode.Uri): Promise<ReportElement | null> {
  try {
    return { uri, changed: (await vscode.workspace.fs.stat(uri)).mtime };
  } catch {
    return null;
  }
}

/** The first bytes; nothing where they cannot be read alone. */
async function readHead(uri: vscode.Uri): Promise<string> {
  if (uri.scheme !== 'file') return '';
  try {
    await using file = await open(uri.fsPath);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  }
}

function titleOf({ dataset, models }: ReportHead, fileName: string): string {
  if (dataset === null) return fileName.slice(0, -reportSuffix.length);
  const [model, ...others] = models;
  if (model === undefined) return dataset;
  if (others.length === 0) return vscode.l10n.t('{0} on {1}', model, dataset);
  return vscode.l10n.t('{0} models on {1}', models.length, dataset);
}

function contentInWords(content: ReportContent): string {
  switch (content) {
    case 'macroscale':
      return vscode.l10n.t('macroscale');
    case 'verification':
      return vscode.l10n.t('verification');
    case 'both':
      return vscode.l10n.t('macroscale and verification');
    case 'description':
      return vscode.l10n.t('data set');
    case 'invariance':
      return vscode.l10n.t('microscale');
    case 'energyValidation':
      return vscode.l10n.t('validation of the energy');
    case 'comparison':
      return vscode.l10n.t('comparison');
  }
}

function tooltip(uri: vscode.Uri, when: Date, freshness: Freshness | undefined): string {
  const written = when.toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const changes = freshness && freshness.state !== 'current' ? ['', ...freshness.changes] : [];
  return [vscode.workspace.asRelativePath(uri), vscode.l10n.t('Written {0}', written), ...changes].join('\n');
}
