import * as vscode from 'vscode';
import { commandPrefix, jobsRunKey } from './identifiers.ts';
import { isUnfinished, JobList, type ListedJob, statusOf } from './jobList.ts';

/** The jobs of this window. */
export const jobs = new JobList();

let statusItem: vscode.StatusBarItem | undefined;
/** What ran the last models; stands there while nothing else does. */
let provider: string | null = null;
let isRunning = false;

/** Until the window is closed, or other models have run. */
export function showProvider(line: string): void {
  provider = line;
  showStatus();
}

jobs.onChange(showStatus);

function showStatus(): void {
  const text = statusOf(jobs.jobs);
  if ((text !== null) !== isRunning) {
    isRunning = text !== null;
    void vscode.commands.executeCommand('setContext', jobsRunKey, isRunning);
  }
  if (text === null && provider === null) {
    statusItem?.dispose();
    statusItem = undefined;
    return;
  }
  statusItem ??= newStatusItem();
  statusItem.text = text ?? `$(chip) ${provider ?? ''}`;
  statusItem.tooltip = text === null ? afterwards() : tooltip(jobs.jobs.filter(isUnfinished));
  statusItem.command = `${commandPrefix}${text === null ? 'checkHardware' : 'showJobs'}`;
  statusItem.show();
}

export function cancelJob(id: number): void {
  jobs.cancel(id, vscode.l10n.t('Cancelling'));
}

function newStatusItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('attributeLens.jobs', vscode.StatusBarAlignment.Left);
  item.name = 'Attribute Lens';
  return item;
}

function afterwards(): string {
  return vscode.l10n.t(
    'What ran the last models: share of their nodes, and speed. Click to check the hardware.',
  );
}

/** What runs and waits, each with its cancel, and the way to the log. */
function tooltip(unfinished: readonly ListedJob[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: [`${commandPrefix}cancelJob`, `${commandPrefix}showLog`] };
  for (const { id, title, activity, state } of unfinished) {
    text.appendMarkdown('**').appendText(title).appendMarkdown('**  \n');
    text.appendText(activity);
    if (state !== 'cancelling') {
      const cancel = `command:${commandPrefix}cancelJob?${encodeURIComponent(JSON.stringify([{ id }]))}`;
      text.appendMarkdown(` · [${vscode.l10n.t('Cancel')}](${cancel})`);
    }
    text.appendMarkdown('\n\n');
  }
  text.appendMarkdown(`[${vscode.l10n.t('Show Log')}](command:${commandPrefix}showLog)`);
  return text;
}
