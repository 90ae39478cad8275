import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptionLines } from '../../../src/cli/printDescription.ts';
import type { Association, AttributeResult, Report } from '../../../src/protocol/report.ts';
import { sampleReport } from '../../support/sampleReport.ts';

test('people, both entropies and associations, each ranked', () => {
  assert.deepEqual(
    descriptionLines(
      report({
        people: {
          nIdentities: 4,
          imagesPerIdentity: { min: 1, median: 2, mean: 2.5, max: 5 },
          histogram: [],
        },
        attributes: [
          attribute('Hat', 4.5, 0.5),
          attribute('Male', 3.1, 0.02),
          attribute('Never', null, null),
        ],
        associations: [association('Hat', 'Male', -0.25), association('Hat', 'Never', null)],
      }),
    ),
    [
      'images of a person: 1 to 5, median 2, mean 2.5',
      '',
      'Largest inter-entropy: people differ (bandwidth 0.05)',
      'attribute  inter  intra  average  positive  negative  unknown',
      'Hat        4.500  0.500   −0.400         3         7        0',
      'Male       3.100  0.020   −0.400         3         7        0',
      '',
      'Smallest intra-entropy: images of a person agree',
      'attribute  inter  intra  average  positive  negative  unknown',
      'Male       3.100  0.020   −0.400         3         7        0',
      'Hat        4.500  0.500   −0.400         3         7        0',
      '',
      'Strongest associations',
      'attribute  with     phi  Cramér’s V  of people  images',
      'Hat        Male  −0.250       0.250          –      10',
    ],
  );
});

test('no more than ten of each, and none between values of one column', () => {
  const names = Array.from({ length: 12 }, (_, i) => `race=${i}`);
  const lines = descriptionLines(
    report({
      people: { nIdentities: 1, imagesPerIdentity: { min: 1, median: 1, mean: 1, max: 1 }, histogram: [] },
      attributes: names.map((name, i) => attribute(name, i, i)),
      associations: [association('race=0', 'race=1', -0.9)],
    }),
  );
  assert.equal(lines.filter((line) => line.startsWith('race=')).length, 20);
  assert.ok(!lines.includes('Strongest associations'));
});

test('where nobody is known, attributes have counts alone', () => {
  const lines = descriptionLines(
    report({ people: null, attributes: [attribute('Hat', null, null)], associations: [] }),
  );
  assert.deepEqual(lines, [
    '',
    'Attributes',
    'attribute  average  positive  negative  unknown',
    'Hat         −0.400         3         7        0',
  ]);
});

function report(results: Pick<Report['results'], 'people' | 'attributes' | 'associations'>): Report {
  const sample = sampleReport();
  return {
    ...sample,
    inputs: {
      ...sample.inputs,
      options: { ...sample.inputs.options, interEntropyBandwidth: 0.05 },
      dataset: {
        ...sample.inputs.dataset,
        attributes: results.attributes.map(({ attribute: name }) => ({
          name,
          rule: name.startsWith('race')
            ? { kind: 'oneVsRest', column: 'race', value: name }
            : { kind: 'binary' },
        })),
      },
    },
    results: { ...sample.results, ...results },
  };
}

function attribute(name: string, interEntropy: number | null, intraEntropy: number | null): AttributeResult {
  return {
    attribute: name,
    nPositive: 3,
    nNegative: 7,
    nUnknown: 0,
    globalAverage: -0.4,
    intraEntropy,
    interEntropy,
  };
}

function association(a: string, b: string, phi: number | null): Association {
  const cramersV = phi === null ? null : Math.abs(phi);
  return { kind: 'attribute', a, b, nImages: 10, phi, cramersV, phiOfPeople: null };
}
