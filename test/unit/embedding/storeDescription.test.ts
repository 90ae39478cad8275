import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import {
  canonicalJson,
  describedBy,
  type EmbedderIdentity,
  embeddingStore,
  storeFingerprint,
} from '../../../src/embedding/storeDescription.ts';
import { onCpu } from '../../support/providerRecords.ts';

const embedder: EmbedderIdentity = {
  sha256: 'ab',
  dim: 4,
  profile: {
    family: 'generic',
    why: '',
    preprocessing: {
      width: 112,
      height: 112,
      layout: 'NCHW',
      channels: 'RGB',
      normalisation: { kind: 'affine', mean: 127.5, scale: 1 / 127.5 },
    },
    metric: 'cosine',
    embeddingOutput: 'out',
    normOutput: null,
    dim: 4,
    fixedBatch: null,
    quantised: false,
    flip: false,
  },
  precision: 'single',
  provider: onCpu(),
};

test('vectors of half precision have a store of their own, those of single precision the one they had', () => {
  const single = embeddingStore(embedder, 'none', {}).parts;
  assert.ok(!('precision' in single));
  assert.equal(embeddingStore({ ...embedder, precision: 'half' }, 'none', {}).parts['precision'], 'half');
});

test('canonical JSON does not depend on the order of keys', () => {
  assert.equal(
    canonicalJson({ b: [1, { d: null, c: true }], a: 'ü"' }),
    '{"a":"ü\\"","b":[1,{"c":true,"d":null}]}',
  );
  assert.equal(storeFingerprint({ a: 1, b: 2 }), storeFingerprint({ b: 2, a: 1 }));
});

test('the fingerprint is the SHA-256 of the canonical JSON', () => {
  // printf '{"a":1}' | sha256sum
  assert.equal(
    storeFingerprint({ a: 1 }),
    '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
  );
});

test('values that JSON would drop or change have no fingerprint', () => {
  for (const value of [undefined, NaN, Infinity, () => 1, new Map(), { a: undefined }])
    assert.throws(
      () => storeFingerprint(value),
      (error) => isAppError(error, 'internal'),
    );
});

const changes: Readonly<Record<string, EmbedderIdentity>> = {
  model: { ...embedder, sha256: 'ac' },
  'channel order': withProfile({ preprocessing: { ...embedder.profile.preprocessing, channels: 'BGR' } }),
  normalisation: withProfile({
    preprocessing: { ...embedder.profile.preprocessing, normalisation: { kind: 'none' } },
  }),
  size: withProfile({ preprocessing: { ...embedder.profile.preprocessing, width: 96 } }),
  output: withProfile({ embeddingOutput: 'other' }),
  'flip, which adds the mirror image,': withProfile({ flip: true }),
  provider: { ...embedder, provider: { ...embedder.provider, ran: 'cuda' } },
};

for (const [name, changed] of Object.entries(changes)) {
  test(`another ${name} is another store`, () => {
    assert.notEqual(fingerprint(changed), fingerprint(embedder));
  });
}

test('another alignment or another library version is another store', () => {
  assert.notEqual(fingerprint(embedder, 'five points'), fingerprint(embedder));
  assert.notEqual(fingerprint(embedder, 'none', { sharp: '2' }), fingerprint(embedder));
});

test('what does not change the numbers does not change the store', () => {
  const same = withProfile({ why: 'chosen by hand', metric: 'euclidean', family: 'arcface' });
  assert.equal(fingerprint(same), fingerprint(embedder));
  const provider = { ...embedder.provider, requested: 'cpu' as const };
  assert.equal(fingerprint({ ...embedder, provider }), fingerprint(embedder));
});

function withProfile(change: Partial<EmbedderIdentity['profile']>): EmbedderIdentity {
  return { ...embedder, profile: { ...embedder.profile, ...change } };
}

function fingerprint(of: EmbedderIdentity, alignment = 'none', libraries = { sharp: '1' }): string {
  return storeFingerprint(describedBy(embeddingStore(of, alignment, libraries)));
}

test('a row holds a norm where the model gives one, and where the mirror image is added', () => {
  const hasNorms = (change: Partial<EmbedderIdentity['profile']>) =>
    embeddingStore(withProfile(change), 'none', {}).hasNorms;
  assert.deepEqual(
    [hasNorms({}), hasNorms({ normOutput: 'norm' }), hasNorms({ flip: true })],
    [false, true, true],
  );
});
