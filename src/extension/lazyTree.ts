import * as vscode from 'vscode';

/** Registers a view whose tree is loaded when it is first looked into. */
export function registerLazyView<T>(
  id: string,
  load: () => Promise<vscode.TreeDataProvider<T>>,
): vscode.Disposable {
  return vscode.window.registerTreeDataProvider(id, lazyTree(id, load));
}

function lazyTree<T>(
  id: string,
  load: () => Promise<vscode.TreeDataProvider<T>>,
): vscode.TreeDataProvider<T> {
  const changed = new vscode.EventEmitter<T | T[] | undefined | null>();
  let loaded: Promise<vscode.TreeDataProvider<T>> | undefined;
  const tree = () =>
    (loaded ??= load().then((provider) => {
      provider.onDidChangeTreeData?.((element) => changed.fire(element ?? undefined));
      return provider;
    }));
  return {
    onDidChangeTreeData: changed.event,
    getChildren: async (element) => {
      const children = await (await tree()).getChildren(element);
      // What an empty view says is true only now.
      void vscode.commands.executeCommand('setContext', `${id}.known`, true);
      return children;
    },
    getTreeItem: async (element) => (await tree()).getTreeItem(element),
  };
}
