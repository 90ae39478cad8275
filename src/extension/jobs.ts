import * as vscode from 'vscode';
import { commandPrefix, jobsRunKey } from './identifiers.ts';
import { isUnfinished, JobList, type ListedJob, statusOf } from './jobList.ts';

/** The jobs of this window. */
export const jobs = new JobList();

let statusItem: vscode.StatusBarItem | undefined;

jobs.onChange(() => {
  const text = statusOf(jobs.jobs);
  if ((text === null) !== (statusItem === undefined)) {
    void vscode.commands.executeCommand('setContext', jobsRunKey, text !== null);
  }
  if (text === null) {
    statusItem?.dispose();
    statusItem = undefined;
    return;
  }
  statusItem ??= newStatusItem();
  statusItem.text = text;
  statusItem.tooltip = tooltip(jobs.jobs.filter(isUnfinished));
  statusItem.show();
});

export function cancelJob(id: number): void {
  jobs.cancel(id, vscode.l10n.t('Cancelling'));
}

function newStatusItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('attributeLens.jobs', vscode.StatusBarAlignment.Left);
  item.name = 'Attribute Lens';
  item.command = `${commandPrefix}showJobs`;
  return item;
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
