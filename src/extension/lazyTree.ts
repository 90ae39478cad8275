import * as vscode from 'vscode';

/** Registers a view whose tree is loaded when it is first looked into. */
export function registerLazyView<T>(
  id: string,
  load: () => Promise<vscode.TreeDataProvider<T>>,
): vscode.Disposable {
  return vscode.window.registerTreeDataProvider(id, lazyTree(load));
}

function lazyTree<T>(load: () => Promise<vscode.TreeDataProvider<T>>): vscode.TreeDataProvider<T> {
  const changed = new vscode.EventEmitter<T | T[] | undefined | null>();
  let loaded: Promise<vscode.TreeDataProvider<T>> | undefined;
  const tree = () =>
    (loaded ??= load().then((provider) => {
      provider.onDidChangeTreeData?.((element) => changed.fire(element ?? undefined));
      return provider;
    }));
  return {
    onDidChangeTreeData: changed.event,
    getChildren: async (element) => (await tree()).getChildren(element),
    getTreeItem: async (element) => (await tree()).getTreeItem(element),
  };
}
