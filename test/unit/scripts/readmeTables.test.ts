import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targets } from '../../../scripts/packaging/targets.ts';
import { commandsTable, platformsTable } from '../../../scripts/readmeTables.ts';

test('commands of the palette are listed in the manifest’s words, with the menus that offer them', () => {
  const table = commandsTable(
    {
      commands: [
        { command: 'lens.run', category: 'Lens', title: '%run.title%' },
        { command: 'lens.compare', category: 'Lens', title: 'Compare' },
        { command: 'lens.inner', category: 'Lens', title: 'Only in menus' },
      ],
      menus: {
        commandPalette: [{ command: 'lens.inner', when: 'false' }],
        'explorer/context': [
          { command: 'lens.run', when: 'explorerResourceIsFolder' },
          { command: 'lens.run', when: 'resourceExtname == .onnx' },
        ],
        'view/item/context': [{ command: 'lens.compare' }],
        'view/title': [{ command: 'lens.compare' }],
        'editor/title': [{ command: 'lens.compare' }],
      },
    },
    { 'run.title': 'Run…' },
  );
  assert.deepEqual(table.split('\n').slice(2), [
    '| `Lens: Run…` | a folder, an `.onnx` file |',
    '| `Lens: Compare` | the view Attribute Lens, an open report |',
  ]);
});

test('each platform with a package is listed with what «auto» tries there, the CPU last', () => {
  const rows = platformsTable().split('\n').slice(2);
  assert.equal(rows.length, targets.length);
  assert.ok(rows.every((row) => row.endsWith('CPU |')));
  assert.match(rows[0]!, /linux-x64.*CUDA, WebGPU, CPU/);
});
