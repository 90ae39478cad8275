import * as vscode from 'vscode';
import { AppError, messageOf } from '../domain/appError.ts';
import { settingPrefix } from '../protocol/settings.ts';
import { commandPrefix } from './identifiers.ts';
import { type ErrorAction, presentError } from './presentError.ts';
import type { Services } from './services.ts';
import { showSetting } from './settingsFiles.ts';

/** Tells a failure with what can be done about it, and does what is chosen. A cancel is told by its job. */
export async function showError(error: unknown, { log }: Services): Promise<void> {
  const known = error instanceof AppError ? error : new AppError('internal', messageOf(error));
  const presented = presentError(known, vscode.l10n.t);
  if (presented === null) return;
  log.error(`${known.code}: ${known.message}`, error instanceof Error ? (error.stack ?? '') : '');
  const show =
    presented.severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  const items = presented.actions.map((action) => ({ title: titleOf(action), action }));
  const chosen = await show(presented.sentence, ...items);
  if (chosen !== undefined) await perform(chosen.action, known);
}

function titleOf(action: ErrorAction): string {
  switch (action) {
    case 'showLog':
      return vscode.l10n.t('Show Log');
    case 'restartEngine':
      return vscode.l10n.t('Restart Engine');
    case 'openSettings':
      return vscode.l10n.t('Open Settings');
    case 'manageTrust':
      return vscode.l10n.t('Manage Workspace Trust');
  }
}

async function perform(action: ErrorAction, { data }: AppError): Promise<void> {
  switch (action) {
    case 'showLog':
      await vscode.commands.executeCommand(`${commandPrefix}showLog`);
      break;
    case 'restartEngine':
      await vscode.commands.executeCommand(`${commandPrefix}restartEngine`);
      break;
    case 'openSettings':
      if (typeof data['key'] === 'string') await showSetting(data['key']);
      else await vscode.commands.executeCommand('workbench.action.openSettings', `${settingPrefix}.`);
      break;
    case 'manageTrust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      break;
  }
}
