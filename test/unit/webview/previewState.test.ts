import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  facesInWords,
  originalInWords,
  parsePreviewState,
  previewSummary,
  viewPreview,
} from '../../../webview-ui/previewState.ts';
import { samplePreview } from '../../support/samplePreview.ts';

const preview = samplePreview();

test('those left out come first, whatever the order of the host', () => {
  const mixed = { ...preview, images: [...preview.images].reverse() };
  const { groups } = viewPreview(mixed, {});
  assert.deepEqual(
    groups.map(({ title, images }) => [title, images.length]),
    [
      ['Left out: 3', 3],
      ['What the model will see: 7', 7],
    ],
  );
  assert.ok(groups[0]!.images.every(({ failure }) => failure !== null));
});

test('failures alone leave the others away; a group of none is not there', () => {
  assert.deepEqual(
    viewPreview(preview, { failuresOnly: true }).groups.map(({ title }) => title),
    ['Left out: 3'],
  );
  assert.deepEqual(viewPreview(samplePreview({ failures: false }), { failuresOnly: true }).groups, []);
});

test('the summary counts, says how faces were aligned, and how large crops are', () => {
  assert.equal(
    previewSummary(preview),
    '10 images checked, 3 left out. Aligned by the landmarks that det_10g.onnx found (scrfd, score at least 0.5). Crops of 112 × 112 pixels.',
  );
  assert.equal(
    previewSummary({
      ...preview,
      nChecked: 1,
      nFailed: 0,
      alignment: { kind: 'none' },
      width: 160,
      height: 160,
    }),
    '1 image checked, none left out. Whole images, resized. Crops of 160 × 160 pixels.',
  );
});

test('what a detector found is said of each image, and nothing where none looked', () => {
  const [group, wall, broken, person] = preview.images;
  const said = (image: typeof group) => facesInWords(image!, preview.alignment);
  assert.deepEqual(
    [said(group), said(wall), said(broken), said(person)],
    ['3 faces', 'no face', '', 'score 0.87'],
  );
  assert.equal(facesInWords(wall!, { kind: 'none' }), '');
  const chosen = { ...group!, faces: group!.faces.map((face, i) => ({ ...face, chosen: i === 1 })) };
  assert.equal(said(chosen), '3 faces · score 0.87');
});

test('an original is heard with its size, its faces and what a click does', () => {
  assert.equal(
    originalInWords(preview.images[3]!, preview.alignment),
    'Open \u2068Person_1/Person_1_0001.jpg\u2069: 250 × 250 pixels, score 0.87, landmarks of 1 face',
  );
  assert.equal(
    originalInWords(preview.images[2]!, preview.alignment),
    'Open \u2068Broken/Broken_0001.jpg\u2069: cannot be decoded',
  );
});

test('a saved state that is none is an empty one', () => {
  for (const value of [undefined, null, 3, {}, { failuresOnly: 'yes' }]) {
    assert.deepEqual(parsePreviewState(value), {});
  }
  assert.deepEqual(parsePreviewState({ failuresOnly: true, else: 1 }), { failuresOnly: true });
});
