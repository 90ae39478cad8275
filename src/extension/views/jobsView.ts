import * as vscode from 'vscode';
import { commandPrefix } from '../identifiers.ts';
import type { JobList, JobState, ListedJob } from '../jobList.ts';

/** A job by its number: what it does changes, the element stays. */
export interface JobElement {
  readonly id: number;
}

/** Ten progress messages a second are more than anyone reads. */
const pauseMs = 250;

/** What runs, what waits, and what ended last. */
export class JobsView implements vscode.TreeDataProvider<JobElement> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #jobs: JobList;
  readonly #elements = new Map<number, JobElement>();
  #timer: NodeJS.Timeout | undefined;
  readonly disposable: vscode.Disposable;

  constructor(jobs: JobList) {
    this.#jobs = jobs;
    const stop = jobs.onChange(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#changed.fire(undefined);
      }, pauseMs);
    });
    this.disposable = vscode.Disposable.from(
      this.#changed,
      new vscode.Disposable(() => {
        stop();
        clearTimeout(this.#timer);
      }),
    );
  }

  getChildren(element?: JobElement): JobElement[] {
    if (element) return [];
    const ids = this.#jobs.jobs.map(({ id }) => id);
    for (const id of [...this.#elements.keys()]) if (!ids.includes(id)) this.#elements.delete(id);
    return ids.map((id) => {
      const known = this.#elements.get(id) ?? { id };
      this.#elements.set(id, known);
      return known;
    });
  }

  getTreeItem({ id }: JobElement): vscode.TreeItem {
    const job = this.#jobs.find(id);
    // A job can be dropped between the two questions.
    if (!job) return new vscode.TreeItem('');
    const item = new vscode.TreeItem(job.title);
    item.id = String(id);
    item.description = job.activity;
    item.tooltip = tooltipOf(job);
    item.iconPath = icons[job.state];
    item.contextValue = contextOf(job);
    item.accessibilityInformation = { label: `${job.title}, ${job.message}` };
    if (job.state === 'failed' || job.report !== null) {
      item.command = {
        command: `${commandPrefix}openJob`,
        title: job.report === null ? vscode.l10n.t('Show Why It Failed') : vscode.l10n.t('Open Report'),
        arguments: [{ id }],
      };
    }
    return item;
  }
}

const icons: Readonly<Record<JobState, vscode.ThemeIcon>> = {
  running: new vscode.ThemeIcon('sync~spin'),
  cancelling: new vscode.ThemeIcon('sync~spin'),
  queued: new vscode.ThemeIcon('watch'),
  done: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  cancelled: new vscode.ThemeIcon('circle-slash'),
};

function tooltipOf({ title, state, message, percent }: ListedJob): string {
  const part = state === 'running' ? vscode.l10n.t('{0} % done', Math.floor(percent)) : '';
  return [title, message, part].filter((line) => line !== '').join('\n');
}

function contextOf({ state, report }: ListedJob): string {
  if (state === 'running' || state === 'queued') return 'job.cancellable';
  if (state === 'failed') return 'job.failed';
  return report === null ? 'job' : 'job.report';
}
