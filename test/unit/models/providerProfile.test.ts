import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeShares, parseProfile, sharesInWords } from '../../../src/models/providerProfile.ts';

const event = (cat: string, provider?: string, dur?: number) => ({
  cat,
  name: 'x',
  ...(dur === undefined ? {} : { dur }),
  args: provider ? { provider } : {},
});

test('only node events that name a provider count; one shorter than a microsecond counts as one', () => {
  const work = parseProfile(
    JSON.stringify([
      event('Session'),
      event('Session', 'CPUExecutionProvider', 1000),
      event('Node', undefined, 1000),
      event('Node', 'CPUExecutionProvider', 30),
      event('Node', 'WebGpuExecutionProvider', 0),
      event('Node', 'WebGpuExecutionProvider', 9),
      event('Node', 'XnnpackExecutionProvider'),
    ]),
  );
  assert.deepEqual(work, {
    cpu: { executions: 1, micros: 30 },
    webgpu: { executions: 2, micros: 10 },
    other: { executions: 1, micros: 1 },
  });
  assert.deepEqual(nodeShares(work, 'webgpu'), { nodeShare: 2 / 4, nodeTimeShare: 10 / 41 });
  assert.equal(sharesInWords(nodeShares(work, 'webgpu')), '50 % of its nodes, 24 % of their time');
});

test('a provider that ran nothing, and a profile of nothing, have shares of zero', () => {
  const nothing = { nodeShare: 0, nodeTimeShare: 0 };
  assert.deepEqual(nodeShares({ cpu: { executions: 3, micros: 5 } }, 'dml'), nothing);
  assert.deepEqual(nodeShares({}, 'cpu'), nothing);
});

test('a profile that is no list is an internal error', () => {
  assert.throws(() => parseProfile('{}'), /no list of events/);
});
