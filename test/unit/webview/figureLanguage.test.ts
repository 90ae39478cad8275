import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { reportFigures } from '../../../webview-ui/figures/reportFigures.ts';
import { pseudoBundle, untranslated } from '../../support/pseudoLanguage.ts';
import { sampleProjection } from '../../support/sampleProjection.ts';
import { sampleReport } from '../../support/sampleReport.ts';
import { elementsOf } from '../../support/wellFormed.ts';

const bundle = await pseudoBundle();
beforeEach(() => {
  globalThis.attributeLensBundle = bundle;
});
afterEach(() => {
  globalThis.attributeLensBundle = undefined;
});

const report = sampleReport({ nModels: 2, nAttributes: 6, verification: true, microscale: true });
const projection = sampleProjection({ nPoints: 100, nAttributes: 6, nModels: 2, report });

/** By figure; a sentence of several lines is in as many elements. */
function untranslatedFigures(): string[] {
  return reportFigures(report, projection)
    .filter(
      ({ svg }) =>
        untranslated(
          [
            elementsOf(svg())
              .map(({ text }) => text)
              .join(' '),
          ],
          report,
        ).length > 0,
    )
    .map(({ name }) => name);
}

test('no figure has a word outside of the translations', () => {
  assert.deepEqual(untranslatedFigures(), []);
});

test('figures without a translation are found, all of them', () => {
  globalThis.attributeLensBundle = undefined;
  assert.equal(untranslatedFigures().length, reportFigures(report, projection).length);
});
