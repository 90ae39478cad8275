import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './harness.ts';
import { asPerson } from './person.ts';
import { readReportOf, writeReport } from './reports.ts';
import { openTabs, tabsBecome } from './tabs.ts';
import { withSettings, workspaceFolder } from './workspace.ts';

const lattice = {
  latticeAttributes: ['brightness', 'roll'],
  latticePoints: 12,
  latticeIdentities: 3,
} as const;

test('measuring invariance asks nothing where settings say it all, and opens a report of the microscale', async () => {
  await withSettings(lattice, async () => {
    const shown = await asPerson({}, async () => {
      const uri = await writeReport('measureInvariance', workspaceFolder());
      assert.match(uri.path, /-fisherfaces-invariance\.attrlens\.json$/);
      const { inputs, results } = await readReportOf(uri);
      assert.ok(inputs.lattice?.kind === 'augmented');
      assert.equal(inputs.lattice.pointsPerIdentity, 12);
      assert.deepEqual(results.macroscale, []);
      const [first] = results.microscale;
      assert.equal(first?.neighbours, 'knn:10');
      const means = first.rows.filter(({ identity }) => identity === null);
      assert.deepEqual(
        means.map(({ attribute, nIdentities, nCurves }) => [attribute, nIdentities, nCurves]),
        [
          ['brightness', 3, 36],
          ['roll', 3, 36],
        ],
      );
      await tabsBecome(() =>
        openTabs().some(
          ({ input }) => input instanceof vscode.TabInputCustom && input.uri.fsPath === uri.fsPath,
        ),
      );
    });
    assert.deepEqual(shown.questions, []);
    assert.deepEqual(shown.messages, []);
  });
});

test('validating the energy needs nothing and opens a report of it', async () => {
  const shown = await asPerson({}, async () => {
    const { results } = await readReportOf(await writeReport('validateEnergy'));
    const field = results.energyValidations.find(
      ({ kappa, neighbours }) => kappa === 20 && neighbours === 'all',
    );
    assert.ok(field);
    assert.ok(Math.abs(field.z!) < 4, String(field.z));
  });
  assert.deepEqual(shown.questions, []);
  assert.deepEqual(shown.messages, []);
});
