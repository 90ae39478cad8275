import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptRatesAsCsv, tableAsCsv } from '../../../webview-ui/csv.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { handReport } from '../../support/handReport.ts';
import { handVerification } from '../../support/handVerification.ts';
import { sampleReport } from '../../support/sampleReport.ts';

test('the table is copied in its order, numbers as the report holds them', () => {
  const { macroscale: model } = viewReport(handReport(), '', {
    filter: 'a',
    sort: { column: 'attribute', descending: true },
  });
  const [head, ...lines] = tableAsCsv(model!).trimEnd().split('\r\n');
  assert.equal(
    head,
    'model,metric,attribute,rule,modality,ks,ks_upper,sign,ks_signed_low,ks_signed_high,location,n_images,n_identities,n_within,n_cross,' +
      'mean_within,mean_cross,p_permutation,p_adjusted_bh,p_holm,null_95,n_effective,p_naive,log10_p_naive,auc,auc_low,auc_high,' +
      'mean_difference,mean_difference_low,mean_difference_high,draws,draws_mean,draws_sd,energy_distance,energy_distance_low,' +
      'energy_distance_high,p_energy,p_energy_adjusted,points,selection,max_identities,same_identity,seed,permutations,bootstraps,' +
      'cdf_within,cdf_cross,p_naive_method,draws_min,draws_max,max_points_of_inference',
  );
  assert.deepEqual(
    lines.map((line) => line.split(',').slice(2, 7)),
    [
      ['Scar', 'as annotated', 'negative', '0.1', ''],
      ['Hat', 'as annotated', 'positive', '0.2', ''],
      ['Hat', 'as annotated', 'negative', '0.05', ''],
      ['Beard', '"hair is «beard»', ' against the rest"', 'positive', '0.12'],
      ['Beard', '"hair is «beard»', ' against the rest"', 'negative', '0.08'],
      ['Age', 'age above its median 41', 'positive', '0.012', ''],
      ['Age', 'age above its median 41', 'negative', '0.012', ''],
    ],
  );
});

test('names are quoted where they must be, and never run as formulas', () => {
  const names = ['a"b,c', '=HYPERLINK("x")', '-1+1', 'two\nlines'];
  const { macroscale: model } = viewReport(sampleReport({ nAttributes: 4, names }), '', {});
  const csv = tableAsCsv(model!);
  assert.ok(csv.includes(',"a""b,c",'));
  assert.ok(csv.includes(`,"'=HYPERLINK(""x"")",`));
  assert.ok(csv.includes(`,'-1+1,`));
  assert.ok(csv.includes(',"two\nlines",'));
});

test('accept rates are copied with thresholds, intervals and counts; what is not known is empty', () => {
  const { verification } = viewReport(handReport([handVerification()]), '', {
    tarSort: { column: 'attribute', descending: false },
  });
  const [head, ...lines] = acceptRatesAsCsv(verification!).trimEnd().split('\r\n');
  assert.equal(
    head,
    'model,metric,attribute,rule,modality,far,threshold,tar,tar_low,tar_high,fmr,fmr_low,fmr_high,n_matched,n_unmatched,n_identities',
  );
  assert.equal(lines.length, 10);
  const hat = handVerification().modalities[0]!.rates[1]!;
  assert.equal(
    lines[4],
    `arcface-r50,cosine,Hat,as annotated,positive,0.001,0.625,0.5,${hat.tarCi!.join()},0.002,0.001,0.004,100,200,50`,
  );
  assert.equal(lines[6], 'arcface-r50,cosine,Scar,as annotated,positive,0.001,0.625,,,,,,,0,0,0');
});
