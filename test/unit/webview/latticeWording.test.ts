import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropInWords, latticeSummary, signedValue, stepInWords } from '../../../webview-ui/latticeWording.ts';
import { sampleLatticePreview } from '../../support/sampleLattice.ts';

const plain = (text: string) => text.replace(/\u202F/g, ' ').replace(/[\u2068\u2069]/g, '');

test('values have a sign and no more decimals than they need; what rounds to zero is 0', () => {
  assert.deepEqual([-20, 0, 6.64, 10, 0.35, -0.001, 100].map(signedValue), [
    '−20',
    '0',
    '+6.6',
    '+10',
    '+0.35',
    '0',
    '+100',
  ]);
  assert.equal(signedValue(Number.NaN), '—');
});

test('a step is told in its unit, with what it does', () => {
  const [brightness, roll] = sampleLatticePreview().attributes;
  assert.equal(plain(stepInWords(brightness!)), 'a step is 20 grey levels: added to every channel');
  assert.equal(plain(stepInWords(roll!)), 'a step is 10°: turns the face in the image plane');
  assert.equal(plain(cropInWords('a/b.png', roll!, -10)), 'a/b.png, roll −10°');
});

test('the summary counts images once, and those that are left out', () => {
  assert.equal(
    latticeSummary(sampleLatticePreview()),
    '3 images; crops of 112 × 112 pixels, as the model will see them.',
  );
  assert.match(latticeSummary({ ...sampleLatticePreview(1), nFailed: 2 }), /^1 image, 2 left out;/);
});
