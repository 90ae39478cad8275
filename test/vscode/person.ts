/** Answers the extension's questions in place of a person, and remembers what it was shown. */
import * as vscode from 'vscode';

export interface Answers {
  /** Picks by what the label holds; a question without an answer fails the test. */
  readonly quickPicks?: readonly string[];
  readonly openDialog?: readonly vscode.Uri[];
  readonly saveDialog?: vscode.Uri;
  /** Escape to every question. */
  readonly dismissQuestions?: boolean;
  /** Asked at each progress message; true presses Cancel. */
  readonly cancelAt?: (message: string) => boolean;
  readonly onProgress?: (message: string) => void;
  /** Button to press in a message that has it. */
  readonly press?: string;
}

export interface Shown {
  /** Titles of quick picks. */
  readonly questions: string[];
  readonly progress: string[];
  /** Errors, warnings and informations with the labels of their buttons. */
  readonly messages: {
    readonly severity: string;
    readonly text: string;
    readonly buttons: readonly string[];
  }[];
  readonly status: string[];
}

export async function asPerson(answers: Answers, body: (shown: Shown) => Promise<void>): Promise<Shown> {
  const shown: Shown = { questions: [], progress: [], messages: [], status: [] };
  const restore = replaceWindow(standIns(answers, shown));
  try {
    await body(shown);
  } finally {
    restore();
  }
  return shown;
}

type Window = Record<string, unknown>;

function standIns(answers: Answers, shown: Shown): Window {
  const picks = [...(answers.quickPicks ?? [])];
  const told =
    (severity: string) =>
    (text: string, ...items: (string | { title: string })[]) => {
      const buttons = items.map((item) => (typeof item === 'string' ? item : item.title));
      shown.messages.push({ severity, text, buttons });
      const pressed = buttons.findIndex((button) => button === answers.press);
      return Promise.resolve(items[pressed]);
    };
  return {
    showQuickPick: (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => {
      shown.questions.push(options.title ?? '');
      if (answers.dismissQuestions === true) return Promise.resolve(undefined);
      const wanted = picks.shift();
      const labels = items.map((item) => item.label);
      if (wanted === undefined) throw new Error(`Asked «${options.title ?? ''}» with ${labels.join(', ')}.`);
      const item = items.find(({ label }) => label.includes(wanted));
      if (!item) throw new Error(`No «${wanted}» among ${labels.join(', ')}.`);
      return Promise.resolve(item);
    },
    showOpenDialog: () => Promise.resolve(answers.openDialog),
    showSaveDialog: () => Promise.resolve(answers.saveDialog),
    showErrorMessage: told('error'),
    showWarningMessage: told('warning'),
    showInformationMessage: told('information'),
    setStatusBarMessage: (text: string) => {
      shown.status.push(text);
      return new vscode.Disposable(() => undefined);
    },
    withProgress: (
      _: vscode.ProgressOptions,
      task: (
        progress: vscode.Progress<{ message?: string }>,
        token: vscode.CancellationToken,
      ) => Thenable<unknown>,
    ) => {
      const source = new vscode.CancellationTokenSource();
      const report = ({ message = '' }: { message?: string }) => {
        shown.progress.push(message);
        answers.onProgress?.(message);
        if (answers.cancelAt?.(message) === true) source.cancel();
      };
      return task({ report }, source.token);
    },
  };
}

function replaceWindow(values: Window): () => void {
  const window = vscode.window as unknown as Window;
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, window[name]]));
  Object.assign(window, values);
  return () => void Object.assign(window, before);
}
