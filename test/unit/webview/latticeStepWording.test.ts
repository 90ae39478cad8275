import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latticeAttributes, latticeAxes } from '../../../src/domain/latticeAttribute.ts';
import { latticeDescription, unitInWords } from '../../../webview-ui/latticeStepWording.ts';

test('in English, steps and their units are said as the domain says them', () => {
  for (const name of latticeAttributes) {
    const { description, unit } = latticeAxes[name];
    assert.equal(latticeDescription(name), description);
    assert.equal(unitInWords(unit), unit);
  }
});

test('every unit that has a word can be translated', () => {
  globalThis.attributeLensBundle = {
    'grey levels': '⟦⟧',
    'quality lost': '⟦⟧',
    '% of the width': '⟦⟧',
    '% of the height': '⟦⟧',
  };
  try {
    const units = latticeAttributes.map((name) => unitInWords(latticeAxes[name].unit));
    assert.deepEqual([...new Set(units)].sort(), ['%', 'px', '°', '⟦⟧']);
  } finally {
    globalThis.attributeLensBundle = undefined;
  }
});
