import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeShare, parseProfile } from '../../../src/models/providerProfile.ts';

const event = (cat: string, provider?: string) => ({ cat, name: 'x', args: provider ? { provider } : {} });

test('only node events that name a provider count', () => {
  const shares = parseProfile(
    JSON.stringify([
      event('Session'),
      event('Session', 'CPUExecutionProvider'),
      event('Node'),
      event('Node', 'CPUExecutionProvider'),
      event('Node', 'WebGpuExecutionProvider'),
      event('Node', 'WebGpuExecutionProvider'),
      event('Node', 'XnnpackExecutionProvider'),
    ]),
  );
  assert.deepEqual(shares, { cpu: 1, webgpu: 2, other: 1 });
  assert.equal(nodeShare(shares, 'webgpu'), 0.5);
});

test('a provider that ran nothing, and a profile of nothing, have a share of zero', () => {
  assert.equal(nodeShare({ cpu: 3 }, 'dml'), 0);
  assert.equal(nodeShare({}, 'cpu'), 0);
});

test('a profile that is no list is an internal error', () => {
  assert.throws(() => parseProfile('{}'), /no list of events/);
});
