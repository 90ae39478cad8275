import * as vscode from 'vscode';
import type { AgentToolName } from './agentTools.ts';
import type * as OnUse from './onUse.ts';
import type { Services } from './services.ts';

/** The tools of the manifest, whose code is loaded with the first use. */
export function registerAgentTools(
  services: Services,
  onUse: () => Promise<typeof OnUse>,
): readonly vscode.Disposable[] {
  const names: readonly AgentToolName[] = ['list_reports', 'read_report', 'compare_reports', 'run_analysis'];
  return names.map((name) =>
    vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: async ({ input }) => (await onUse()).confirmationOf(name, input),
      invoke: async ({ input }) => {
        const answer = await (await onUse()).runAgentTool(services, name, input);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
      },
    }),
  );
}
