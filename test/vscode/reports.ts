/** Commands that end in a report, and what they wrote. */
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readReport } from '../../src/protocol/readReport.ts';
import type { Report } from '../../src/protocol/report.ts';

type ReportCommand =
  'analyzeAttributes' | 'verifyModel' | 'describeDataset' | 'measureInvariance' | 'validateEnergy';

/** `undefined` where it ended without a report. */
export async function tryReport(
  command: ReportCommand,
  resource?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  return vscode.commands.executeCommand(`attributeLens.${command}`, resource);
}

export async function writeReport(command: ReportCommand, resource?: vscode.Uri): Promise<vscode.Uri> {
  const uri = await tryReport(command, resource);
  assert.ok(uri, 'The command ended without a report.');
  return uri;
}

export async function readReportOf(uri: vscode.Uri): Promise<Report> {
  assert.ok((await stat(uri.fsPath)).isFile());
  return readReport(JSON.parse(await readFile(uri.fsPath, 'utf8')));
}
