import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { encodeNpy, readNpy, readNpyWithDigest } from '../../../src/datasets/npy.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/datasets');
const fixture = (name: string) => join(fixtures, name);
const numbers = Float32Array.of(1, -2.5, 0.1, 3e-8, 4, 1e30);

for (const name of ['float32.npy', 'float64.npy', 'format2.npy']) {
  test(`${name} as NumPy wrote it is read row by row`, async () => {
    assert.deepEqual(await readNpy(fixture(name)), { rows: 2, dim: 3, data: numbers });
  });
}

test('what is encoded is byte for byte what NumPy writes', async () => {
  const bytes = encodeNpy({ rows: 2, dim: 3, data: numbers });
  assert.deepEqual(bytes, new Uint8Array(await readFile(fixture('float32.npy'))));
});

test('a view into a larger buffer is encoded by its own numbers', () => {
  const view = Float32Array.of(9, 1, -2.5, 0.1, 3e-8, 4, 1e30, 9).subarray(1, 7);
  assert.deepEqual(encodeNpy({ rows: 2, dim: 3, data: view }), encodeNpy({ rows: 2, dim: 3, data: numbers }));
});

test('a matrix whose size contradicts its numbers is not encoded', () => {
  assert.throws(() => encodeNpy({ rows: 2, dim: 2, data: numbers }), RangeError);
});

test('a matrix larger than one chunk comes back whole, and the digest is that of the file', async (t) => {
  const rows = 3001;
  const dim = 701;
  const data = Float32Array.from({ length: rows * dim }, (_, i) => i % 9973);
  const bytes = encodeNpy({ rows, dim, data });
  assert.ok(bytes.length > 2 * (1 << 22));
  const folder = await temporaryFolder(t, { 'x.npy': bytes });
  const { matrix, sha256 } = await readNpyWithDigest(join(folder, 'x.npy'));
  assert.equal(Buffer.compare(Buffer.from(matrix.data.buffer), Buffer.from(data.buffer)), 0);
  assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'));
});

describe('arrays that are no embeddings are refused with the reason and the path', () => {
  for (const [name, reason] of [
    ['fortran.npy', /Fortran order/],
    ['bigEndian.npy', /type «>f4»/],
    ['objects.npy', /type «\|O»/],
    ['float16.npy', /type «<f2»/],
    ['integers.npy', /type «<i8»/],
    ['record.npy', /record of several fields/],
    ['vector.npy', /1 dimensions instead of 2/],
    ['cube.npy', /3 dimensions instead of 2/],
    ['empty.npy', /matrix of 0 × 3/],
    ['tooLarge.npy', /1e\+300 in row 1, too large for float32/],
    ['README.md', /no \.npy file/],
    ['missing.npy', /could not be read/],
  ] as const) {
    test(name, async () => {
      await assert.rejects(readNpy(fixture(name)), (error: { code: string; message: string }) => {
        assert.equal(error.code, 'embeddingsInvalid');
        assert.match(error.message, reason);
        assert.ok(error.message.includes(name));
        return true;
      });
    });
  }

  const whole = encodeNpy({ rows: 2, dim: 3, data: numbers });
  const altered = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(whole);
    change(bytes);
    return bytes;
  };
  for (const [what, bytes, reason] of [
    ['a byte too few', whole.subarray(0, -1), /cut short: 2 × 3 numbers need 24 bytes, and 23 follow/],
    ['a byte too many', Buffer.concat([whole, Buffer.of(0)]), /too long: .* and 25 follow/],
    ['an end within the header', whole.subarray(0, 60), /header has 118 bytes, which it does not hold/],
    ['an end within the mark', whole.subarray(0, 5), /no \.npy file/],
    ['format 4', altered((b) => (b[6] = 4)), /format 4/],
    ['a header of garbage', altered((b) => b.fill('x', 10, 80)), /header that is not understood/],
  ] as const) {
    test(what, async (t) => {
      const folder = await temporaryFolder(t, { 'x.npy': bytes });
      await assert.rejects(readNpy(join(folder, 'x.npy')), { code: 'embeddingsInvalid', message: reason });
    });
  }
});
