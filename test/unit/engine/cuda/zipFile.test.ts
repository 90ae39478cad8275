import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Crc32 } from '../../../../src/engine/cuda/crc32.ts';
import { ZipFile } from '../../../../src/engine/cuda/zipFile.ts';
import { isAppError } from '../../../../src/domain/appError.ts';
import { zipOf } from '../../../support/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-zip-'));
after(() => rmSync(folder, { recursive: true }));

const large = Buffer.alloc(300_000, 'abcdefg');
const archive = zipOf([
  { name: 'a/large.so', content: large },
  { name: 'stored.txt', content: Buffer.from('as it is'), isStored: true },
  { name: 'empty', content: Buffer.alloc(0), isStored: true },
]);

const signal = new AbortController().signal;

async function openBytes(bytes: Buffer): Promise<ZipFile> {
  const path = join(folder, 'archive.zip');
  writeFileSync(path, bytes);
  return ZipFile.open(path);
}

test('entries are listed and unpacked, deflated, stored and empty ones, and bytes are counted', async () => {
  const zip = await openBytes(archive);
  assert.deepEqual(
    zip.entries.map(({ name, bytes }) => [name, bytes]),
    [
      ['a/large.so', 300_000],
      ['stored.txt', 8],
      ['empty', 0],
    ],
  );
  let counted = 0;
  const target = join(folder, 'large.so');
  await zip.extract(zip.entries[0]!, target, (bytes) => (counted += bytes), signal);
  assert.ok(readFileSync(target).equals(large));
  assert.equal(counted, 300_000);
  assert.equal(await zip.text(zip.entries[1]!), 'as it is');
  assert.equal(await zip.text(zip.entries[2]!), '');
  await zip.close();
});

test('half an archive, and what is none, are refused when they are opened', async () => {
  for (const bytes of [archive.subarray(0, archive.length / 2), Buffer.from('<html>'), Buffer.alloc(0)]) {
    await assert.rejects(
      openBytes(bytes),
      (error) =>
        isAppError(error, 'downloadFailed') && error.message.includes('no archive, or its end is missing'),
    );
  }
});

test('a changed byte of an entry is found, whether it is deflated or stored', async () => {
  for (const [number, name] of [
    [0, 'a/large.so'],
    [1, 'stored.txt'],
  ] as const) {
    const damaged = Buffer.from(archive);
    const at = damaged.indexOf(name) + name.length + 3;
    damaged[at] = damaged[at]! ^ 0x55;
    const zip = await openBytes(damaged);
    await assert.rejects(
      zip.extract(zip.entries[number]!, join(folder, 'x'), () => undefined, signal),
      (error) => isAppError(error, 'downloadFailed') && /damaged|cannot be unpacked/.test(error.message),
    );
    await zip.close();
  }
});

test('the checksum is that of the format, in parts as in one', () => {
  const crc = new Crc32();
  crc.add(Buffer.from('1234'));
  crc.add(Buffer.from('56789'));
  assert.equal(crc.value, 0xcbf43926);
});
