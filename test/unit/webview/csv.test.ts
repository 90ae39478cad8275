import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableAsCsv } from '../../../webview-ui/csv.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { handReport } from '../../support/handReport.ts';
import { sampleReport } from '../../support/sampleReport.ts';

test('the table is copied in its order, numbers as the report holds them', () => {
  const { model } = viewReport(handReport(), '', {
    filter: 'a',
    sort: { column: 'attribute', descending: true },
  });
  const [head, ...lines] = tableAsCsv(model!).trimEnd().split('\n');
  assert.equal(
    head,
    'model,metric,attribute,rule,modality,ks,sign,location,n_identities,n_within,n_cross,mean_within,mean_cross,p_naive,log10_p_naive',
  );
  assert.deepEqual(
    lines.map((line) => line.split(',').slice(2, 7)),
    [
      ['Scar', 'as annotated', 'negative', '0.1', '-1'],
      ['Hat', 'as annotated', 'positive', '0.2', '1'],
      ['Hat', 'as annotated', 'negative', '0.05', '1'],
      ['Beard', '"hair is «beard»', ' against the rest"', 'positive', '0.12'],
      ['Beard', '"hair is «beard»', ' against the rest"', 'negative', '0.08'],
      ['Age', 'age above its median 41', 'positive', '0.012', '1'],
      ['Age', 'age above its median 41', 'negative', '0.012', '-1'],
    ],
  );
});

test('names are quoted where they must be, and never run as formulas', () => {
  const names = ['a"b,c', '=HYPERLINK("x")', '-1+1', 'two\nlines'];
  const { model } = viewReport(sampleReport({ nAttributes: 4, names }), '', {});
  const csv = tableAsCsv(model!);
  assert.ok(csv.includes(',"a""b,c",'));
  assert.ok(csv.includes(`,"'=HYPERLINK(""x"")",`));
  assert.ok(csv.includes(`,'-1+1,`));
  assert.ok(csv.includes(',"two\nlines",'));
});
