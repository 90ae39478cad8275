import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectedInWords, selectionSpoken } from '../../../../webview-ui/projection/projectionWording.ts';
import { plainText } from '../../../../webview-ui/wording.ts';

test('one image, and one person, are not counted as if they were several', () => {
  const words = (nImages: number, nPeople: number, isKnown = true) =>
    plainText(selectedInWords(nImages, nPeople, isKnown));
  assert.equal(words(1, 1), '1 image of 1 person selected');
  assert.equal(words(9, 1), '9 images of 1 person selected');
  assert.equal(words(1234, 56), '1\u202F234 images of 56 people selected');
  assert.equal(words(1, 1, false), '1 image selected');
  assert.equal(words(2, 2, false), '2 images selected');
  assert.equal(selectionSpoken(0), 'No image in there.');
  assert.equal(selectionSpoken(1), '1 image selected.');
  assert.equal(selectionSpoken(1234), '1\u202F234 images selected.');
});
