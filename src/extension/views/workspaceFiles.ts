import * as vscode from 'vscode';

/** Where nobody keeps what he works with. */
const excluded = '**/{node_modules,.git,.vscode-test}/**';

/** Files of the workspace, `limit` at most. */
export async function findInWorkspace(pattern: string, limit: number): Promise<readonly vscode.Uri[]> {
  return vscode.workspace.findFiles(pattern, excluded, limit);
}

/** Whether something is there; links count as what they lead to. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

const restMs = 500;

/** Calls `act` once things are at rest again: many files come and go together. */
export function whenAtRest(act: () => void): { readonly touch: () => void; readonly dispose: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    touch: () => {
      clearTimeout(timer);
      timer = setTimeout(act, restMs);
    },
    dispose: () => clearTimeout(timer),
  };
}

/** Tells of files that match, of the settings of the extension, and of folders and trust of the workspace. */
export function watchWorkspace(
  patterns: readonly vscode.GlobPattern[],
  { changes }: { readonly changes: boolean },
  act: () => void,
): vscode.Disposable {
  const rest = whenAtRest(act);
  const watchers = patterns.map((pattern) =>
    vscode.workspace.createFileSystemWatcher(pattern, false, !changes, false),
  );
  for (const watcher of watchers) {
    for (const listen of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) listen(rest.touch);
  }
  return vscode.Disposable.from(
    rest,
    ...watchers,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('attributeLens')) rest.touch();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(rest.touch),
    vscode.workspace.onDidGrantWorkspaceTrust(rest.touch),
  );
}
