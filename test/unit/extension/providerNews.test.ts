import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProviderRecord } from '../../../src/domain/provider.ts';
import { fallbacksOf, providerLine } from '../../../src/extension/providerNews.ts';
import type { Report } from '../../../src/protocol/report.ts';
import { sampleReport } from '../../support/sampleReport.ts';

const t = (message: string, ...args: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, number: string) => String(args[Number(number)]));

const onCpu: ProviderRecord = {
  requested: 'cuda',
  ran: 'cpu',
  nodeShare: 1,
  nodeTimeShare: 1,
  agreement: null,
  refused: [{ provider: 'cuda', reason: 'no library' }],
};

function reportOf(provider: ProviderRecord | null, items: readonly string[], speed?: number): Report {
  const report = sampleReport();
  const model = { ...report.inputs.models[0]!, name: 'net', provider } as Report['inputs']['models'][number];
  const shares = { decode: 0, align: 0, inference: 1 };
  return {
    ...report,
    inputs: { ...report.inputs, models: [model] },
    diagnostics: [{ code: 'providerFellBack', message: '', count: items.length, items: [...items] }],
    times: {
      ...report.times,
      throughput:
        speed === undefined ? [] : [{ model: 'net', provider: 'cuda', imagesPerSecond: speed, shares }],
    },
  };
}

test('a fallback names the model, what ran and why, and whether CUDA is what did not run', () => {
  const report = reportOf(onCpu, ['net: cuda did not run it, the CPU did: no library', 'other: x']);
  assert.deepEqual(fallbacksOf(report), [
    { model: 'net', ran: 'cpu', reason: 'cuda did not run it, the CPU did: no library', isCuda: true },
  ]);
});

test('a slower provider that was left aside is no fallback, nor are ready embeddings', () => {
  assert.deepEqual(fallbacksOf(reportOf(onCpu, [])), []);
  assert.deepEqual(fallbacksOf(reportOf(null, ['net: x'])), []);
});

test('the line says what ran, the share of node time, and speed and agreement where they are known', () => {
  const record: ProviderRecord = { ...onCpu, ran: 'cuda', nodeShare: 0.9, nodeTimeShare: 0.998, refused: [] };
  assert.equal(
    providerLine(reportOf(record, [], 2140.4), t, 'en'),
    'CUDA · 100 % of node time · 2,140 images/s',
  );
  assert.equal(
    providerLine(reportOf({ ...record, nodeTimeShare: 0.97, agreement: 1 - 8e-6 }, [], 3.14), t, 'en'),
    'CUDA · 97 % of node time · 3.1 images/s · agrees with the CPU to 1e-5',
  );
  assert.equal(providerLine(reportOf(record, []), t, 'en'), 'CUDA · 100 % of node time');
  assert.equal(
    providerLine(reportOf({ ...record, nodeTimeShare: null }, []), t, 'en'),
    'CUDA · 90 % of nodes',
  );
  assert.equal(providerLine(reportOf(null, []), t, 'en'), null);
});
