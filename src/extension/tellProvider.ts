import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readReport } from '../protocol/readReport.ts';
import type { Report } from '../protocol/report.ts';
import { commandPrefix } from './identifiers.ts';
import { showProvider } from './jobs.ts';
import { fallbacksOf, providerLine, providerTitles } from './providerNews.ts';

/** Models whose fallback was told in this session. */
const told = new Set<string>();

/** Says in the status bar what ran the models of a report, and in a warning where it was not what was wanted. */
export async function tellProvider(file: string): Promise<void> {
  const report = await readIfReport(file);
  if (report === null) return;
  const line = providerLine(report, vscode.l10n.t, vscode.env.language);
  if (line !== null) showProvider(line);
  for (const { model, ran, reason, isCuda } of fallbacksOf(report)) {
    if (told.has(model)) continue;
    told.add(model);
    // Not awaited: the message waits for an answer.
    void warn(vscode.l10n.t('{0} ran on {1}: {2}', model, providerTitles[ran], reason), isCuda);
  }
}

async function warn(sentence: string, isCuda: boolean): Promise<void> {
  const check = { title: vscode.l10n.t('Check Hardware'), command: 'checkHardware' };
  const install = { title: vscode.l10n.t('Install CUDA Support…'), command: 'installCuda' };
  const chosen = await vscode.window.showWarningMessage(sentence, ...(isCuda ? [check, install] : [check]));
  if (chosen !== undefined) await vscode.commands.executeCommand(`${commandPrefix}${chosen.command}`);
}

/** `null` where it is none, such as a comparison. */
async function readIfReport(file: string): Promise<Report | null> {
  try {
    return readReport(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
