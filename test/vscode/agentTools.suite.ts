import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { nativeLibraries } from './host.ts';
import { asPerson } from './person.ts';
import { writeReport } from './reports.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

interface Entry {
  readonly file: string;
  readonly kind: string;
  readonly sections: readonly string[];
}

test('a chat lists the reports of the workspace and reads a section of one', async () => {
  await withSettings({ models: undefined }, async () => {
    await asPerson({}, async () => {
      await writeReport('describeDataset', workspaceFolder());
    });
    const entries = (await answerOf('list_reports', {})) as readonly Entry[];
    const described = entries.find(({ file }) => file.endsWith('-description.attrlens.json'));
    assert.ok(described, JSON.stringify(entries));
    assert.deepEqual([described.kind, described.sections.includes('data')], ['report', true]);
    const { meaning, facts } = (await answerOf('read_report', {
      report: described.file,
      section: 'data',
      limit: 3,
    })) as {
      readonly meaning: string;
      readonly facts: { readonly attributes: readonly unknown[]; readonly associations: readonly unknown[] };
    };
    assert.match(meaning, /annotations alone/);
    assert.ok(facts.attributes.length > 20);
    assert.equal(facts.associations.length, 3);
  });
  assert.deepEqual(await nativeLibraries(), []);
});

test('a chat that names no report of the workspace is told which there are', async () => {
  await assert.rejects(
    answerOf('read_report', { report: '/etc/passwd', section: 'run' }),
    /There is no report «\/etc\/passwd» in the workspace/,
  );
  await assert.rejects(answerOf('read_report', { report: 'x', section: 'everything' }), /section/);
});

test('the tools of the manifest are there', () => {
  const ours = vscode.lm.tools.map(({ name }) => name);
  for (const name of ['list_reports', 'read_report', 'compare_reports', 'run_analysis']) {
    assert.ok(ours.includes(name), `${name} is not among ${ours.join(', ')}`);
  }
});

async function answerOf(tool: string, input: object): Promise<unknown> {
  const result = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
  const [part] = result.content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value);
}
