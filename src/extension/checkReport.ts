import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Freshness } from '../protocol/reportJobs.ts';
import { resolvePath } from '../protocol/resolveSettings.ts';
import { knownFreshness } from './freshness.ts';
import type { Services } from './services.ts';
import { lookAtSetting, settingsPlace } from './settings.ts';

/** A report that was just written, or just checked, is not checked again. */
const recentMs = 15_000;

/**
 * Whether a report's inputs are still what they were; remembered for the Reports view. `null` where it may not be
 * looked: the workspace is not trusted, or the report is no file.
 */
export async function checkReport(
  { engine }: Services,
  uri: vscode.Uri,
  signal: AbortSignal,
): Promise<Freshness | null> {
  if (!vscode.workspace.isTrusted || uri.scheme !== 'file') return null;
  const report = uri.fsPath;
  const recent = await knownFreshness.of(report, recentMs);
  if (recent) return recent;
  const client = await engine();
  const result = await client.runJob(
    { kind: 'check', report, storeFolder: storeFolderFor(uri) },
    { signal, onEvent: () => undefined },
  );
  if (result.kind !== 'check') return null;
  await knownFreshness.remember(report, result.freshness);
  return result.freshness;
}

/** Where embeddings and digests are kept for a report. */
export function storeFolderFor(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? path.dirname(uri.fsPath);
  const place = settingsPlace(folder);
  const storeFolder = lookAtSetting('storeFolder', uri);
  return storeFolder === '' ? place.defaultStoreFolder : resolvePath(storeFolder, place);
}
