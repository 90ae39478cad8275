import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProviderRecord } from '../../../src/protocol/report.ts';
import {
  countsInWords,
  isFallback,
  leftOutInWords,
  providerInWords,
  providerWarnings,
} from '../../../webview-ui/facts.ts';
import { sampleReport } from '../../support/sampleReport.ts';
import { onCpu } from '../../support/providerRecords.ts';

const thin = '\u202F';
const cpu: ProviderRecord = onCpu();

test('the provider that ran is named with its share of node time and its agreement', () => {
  assert.equal(providerInWords({ ...cpu, nodeTimeShare: 0.98 }), `CPU · 98${thin}% of node time`);
  assert.equal(providerInWords({ ...cpu, nodeTimeShare: null }), `CPU · 100${thin}% of nodes`);
  assert.equal(
    providerInWords({ ...cpu, ran: 'webgpu', agreement: 1 - 2e-6 }),
    `WebGPU · 100${thin}% of node time · agrees with the CPU to 10⁻⁵`,
  );
  assert.equal(providerInWords(cpu, 2140.4), `CPU · 100${thin}% of node time · 2${thin}140 images/s`);
  assert.equal(providerInWords(cpu, 3.14), `CPU · 100${thin}% of node time · 3.1 images/s`);
  assert.equal(providerInWords(null), 'ready embeddings');
});

test('a provider that ran as asked needs no warning', () => {
  assert.deepEqual(providerWarnings(cpu), []);
  assert.deepEqual(providerWarnings({ ...cpu, requested: 'cpu' }), []);
  assert.deepEqual(providerWarnings(null), []);
  assert.equal(isFallback(cpu), false);
});

test('a fallback from what was asked is loud, with its reason', () => {
  const fellBack: ProviderRecord = {
    ...cpu,
    requested: 'cuda',
    refused: [{ provider: 'cuda', reason: 'no such device' }],
  };
  assert.equal(isFallback(fellBack), true);
  assert.deepEqual(providerWarnings(fellBack), [
    'Ran on CPU, not on CUDA as requested.',
    'CUDA did not run: no such device.',
  ]);
});

test('a refusal under auto is told, but not loud', () => {
  const refused: ProviderRecord = { ...cpu, refused: [{ provider: 'webgpu', reason: 'No adapter.' }] };
  assert.equal(isFallback(refused), false);
  assert.deepEqual(providerWarnings(refused), ['WebGPU did not run: No adapter.']);
});

test('a graph that ran only in part on its provider is loud', () => {
  const partial: ProviderRecord = {
    ...cpu,
    requested: 'webgpu',
    ran: 'webgpu',
    nodeShare: 0.9,
    nodeTimeShare: 0.75,
    agreement: 1,
  };
  assert.equal(isFallback(partial), true);
  assert.deepEqual(providerWarnings(partial), [
    `Only 90${thin}% of the graph’s nodes ran on WebGPU, 75${thin}% of their time.`,
  ]);
  assert.deepEqual(providerWarnings({ ...partial, nodeTimeShare: null }), [
    `Only 90${thin}% of the graph’s nodes ran on WebGPU.`,
  ]);
});

test('counts come with their unit', () => {
  const report = sampleReport();
  assert.deepEqual(countsInWords(report), [`66${thin}871 images`, `2${thin}360 people`, '40 attributes']);
  report.inputs.dataset.attributes = [];
  assert.deepEqual(countsInWords(report), [`66${thin}871 images`, `2${thin}360 people`]);
  report.inputs.dataset.identitiesKnown = false;
  report.inputs.dataset.nImages = 1;
  assert.deepEqual(countsInWords(report).slice(0, 2), [
    '1 image',
    'identities unknown: each image counts as a person',
  ]);
});

test('what was left out is counted by kind, with reasons; the rest are remarks', () => {
  const entry = { message: '', items: [] };
  assert.equal(leftOutInWords([]), 'Nothing was left out');
  assert.equal(
    leftOutInWords([
      { ...entry, code: 'imageUnreadable', count: 12 },
      { ...entry, code: 'imageNotFound', count: 2 },
      { ...entry, code: 'modalityEmpty', count: 1 },
      { ...entry, code: 'modelNote', count: 3 },
    ]),
    'Left out: 14 images (unreadable 12 · not on disk 2), 1 attribute (one modality only) · 1 remark',
  );
  assert.equal(
    leftOutInWords([
      { ...entry, code: 'faceMissing', count: 3 },
      { ...entry, code: 'facesSeveral', count: 40 },
      { ...entry, code: 'pairUnusable', count: 2 },
    ]),
    'Left out: 43 images (no face 3 · several faces 40), 2 pairs (no valid embedding)',
  );
  assert.equal(
    leftOutInWords([{ ...entry, code: 'attributeRule', count: 5 }]),
    'Nothing was left out · 1 remark',
  );
});
