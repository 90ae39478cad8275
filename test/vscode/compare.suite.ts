import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Comparison } from '../../src/protocol/comparisonSchema.ts';
import { readComparison } from '../../src/protocol/readComparison.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { test } from './harness.ts';
import { asPerson } from './person.ts';
import { closeTabs, openTabs, tabsBecome } from './tabs.ts';
import { untrusted, workspaceFolder } from './workspace.ts';

const compare = (resource?: vscode.Uri, resources?: readonly vscode.Uri[]) =>
  vscode.commands.executeCommand<vscode.Uri | undefined>('attributeLens.compareReports', resource, resources);

/** Three reports in a folder of the workspace; `early` ended a year before the others. */
async function withReports(
  body: (reports: { early: vscode.Uri; late: vscode.Uri; third: vscode.Uri }) => Promise<void>,
): Promise<void> {
  const folder = join(workspaceFolder().fsPath, 'compared');
  await mkdir(folder, { recursive: true });
  const write = async (name: string, seed: number, year: number) => {
    const report = sampleReport({ nAttributes: 3, seed });
    const times = { ...report.times, finished: `${year}-01-31T10:07:30.000Z` };
    const file = join(folder, `${name}.attrlens.json`);
    await writeFile(file, JSON.stringify({ ...report, times }));
    return vscode.Uri.file(file);
  };
  try {
    await body({
      early: await write('early', 1, 2025),
      late: await write('late', 2, 2026),
      third: await write('third', 3, 2026),
    });
  } finally {
    await closeTabs();
    await rm(folder, { recursive: true, force: true });
  }
}

async function comparisonAt(uri: vscode.Uri | undefined): Promise<Comparison> {
  assert.ok(uri, 'The command ended without a comparison.');
  return readComparison(JSON.parse(await readFile(uri.fsPath, 'utf8')));
}

test('two selected reports are compared at once, the earlier run first, and the comparison opens as a page', () =>
  withReports(async ({ early, late }) => {
    const shown = await asPerson({}, async () => {
      const uri = await compare(late, [late, early]);
      const { sides } = await comparisonAt(uri);
      assert.deepEqual(
        sides.map(({ file }) => file),
        ['../compared/early.attrlens.json', '../compared/late.attrlens.json'],
      );
      assert.match(uri!.path, /\/attribute-lens\/early-vs-late\.attrlens\.json$/);
      await tabsBecome(() =>
        openTabs().some(
          ({ input }) => input instanceof vscode.TabInputCustom && input.uri.fsPath === uri!.fsPath,
        ),
      );
    });
    assert.deepEqual(shown.questions, []);
    assert.deepEqual(shown.messages, []);
  }));

test('beside one report the other is asked for, among those of the workspace', () =>
  withReports(async ({ early, third }) => {
    const shown = await asPerson({ quickPicks: ['third'] }, async () => {
      const { sides } = await comparisonAt(await compare(early));
      assert.equal(sides[1].file, '../compared/third.attrlens.json');
    });
    assert.deepEqual(shown.questions, ['Reports to compare']);
    // The report itself and comparisons are not offered.
    for (const name of ['early', 'early-vs-third']) {
      const asked = asPerson({ quickPicks: [`$(graph-scatter) ${name}`] }, async () => {
        await compare(third, [third]);
      });
      const { messages } = await asked;
      if (name === 'early') assert.deepEqual(messages, []);
      else assert.equal(messages.length, 1, 'A comparison was offered.');
    }
  }));

test('from the palette both are asked for, and Escape ends it without a word', () =>
  withReports(async () => {
    await closeTabs();
    const shown = await asPerson({ quickPicks: ['early', 'late'] }, async () => {
      await comparisonAt(await compare());
    });
    assert.deepEqual(shown.questions, ['Reports to compare', 'Reports to compare']);
    await closeTabs();
    const escaped = await asPerson({ dismissQuestions: true }, async () => {
      assert.equal(await compare(), undefined);
    });
    assert.deepEqual(escaped.messages, []);
  }));

test('more than two reports, and a workspace without trust, are refused in words', () =>
  withReports(async ({ early, late, third }) => {
    const shown = await asPerson({}, async () => {
      assert.equal(await compare(early, [early, late, third]), undefined);
      await untrusted(async () => {
        assert.equal(await compare(early, [early, late]), undefined);
      });
    });
    assert.match(shown.messages[0]!.text, /3 reports are selected; two can be compared/);
    assert.equal(shown.messages.length, 2);
  }));

test('a file that is no report is named, and nothing is written', () =>
  withReports(async ({ early, late }) => {
    await writeFile(late.fsPath, '{');
    const shown = await asPerson({}, async () => {
      assert.equal(await compare(early, [early, late]), undefined);
    });
    assert.equal(shown.messages.length, 1);
    assert.match(shown.messages[0]!.text, /late\.attrlens\.json: The file is not JSON/);
  }));
