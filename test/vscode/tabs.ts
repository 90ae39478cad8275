/** What is open in the editors. */
import * as vscode from 'vscode';

export function openTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

/** Tabs of webviews by the type that the extension gave them; VS Code puts a word of its own before it. */
export function webviewTabs(viewType: string): vscode.Tab[] {
  return openTabs().filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(`-${viewType}`),
  );
}

export async function closeTabs(): Promise<void> {
  await vscode.window.tabGroups.close(openTabs());
}

/** Waits for what VS Code tells of its tabs to be so: it tells with a delay. */
export function tabsBecome(isSo: () => boolean): Promise<void> {
  if (isSo()) return Promise.resolve();
  return new Promise((resolve) => {
    const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!isSo()) return;
      subscription.dispose();
      resolve();
    });
  });
}
