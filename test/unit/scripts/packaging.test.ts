import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { binaryPlatform } from '../../../scripts/packaging/binaries.ts';
import { checkIntegrity } from '../../../scripts/packaging/moduleFolder.ts';
import { bundledPackages } from '../../../scripts/packaging/notices.ts';
import { runtimeModules } from '../../../scripts/packaging/runtimeModules.ts';
import { shippedManifest, shippedReadme } from '../../../scripts/packaging/shipped.ts';
import { chooseTargets, targetOf, targets } from '../../../scripts/packaging/targets.ts';
import { zipEntries } from '../../../scripts/packaging/zip.ts';
import { readText } from '../../support/repository.ts';

test('without a name the target is this platform’s, and «all» are five', () => {
  assert.deepEqual(chooseTargets([], 'linux-arm64'), ['linux-arm64']);
  assert.deepEqual(chooseTargets(['win32-x64', 'linux-x64', 'win32-x64'], null), ['win32-x64', 'linux-x64']);
  assert.equal(chooseTargets(['all'], null).length, 5);
});

test('a name that is no target is told with those that are', () => {
  assert.throws(() => chooseTargets(['darwin-x64'], 'linux-x64'), /darwin-x64.*linux-x64, linux-arm64/);
  assert.throws(() => chooseTargets([], targetOf('freebsd', 'x64')), /no package for this platform/);
});

test('the lock file knows every package that cannot be bundled, for each target', () => {
  const lockfile = JSON.parse(readText('package-lock.json')) as Parameters<typeof runtimeModules>[1];
  for (const target of targets) {
    const names = runtimeModules(target, lockfile).map(({ name }) => name);
    assert.ok(names.includes(`@img/sharp-${target}`));
    assert.equal(names.includes(`@img/sharp-libvips-${target}`), !target.startsWith('win32'));
  }
  assert.throws(() => runtimeModules('linux-x64', { packages: {} }), /knows no onnxruntime-common/);
});

test('of ONNX Runtime only the libraries of the target are kept, and none of CUDA', () => {
  const lockfile = JSON.parse(readText('package-lock.json')) as Parameters<typeof runtimeModules>[1];
  const { keep } = runtimeModules('linux-x64', lockfile).find(({ name }) => name === 'onnxruntime-node')!;
  const isKept = (file: string) => keep.some((pattern) => pattern.test(`bin/napi-v6/${file}`));
  assert.ok(isKept('linux/x64/libonnxruntime.so.1'));
  assert.ok(!isKept('linux/arm64/libonnxruntime.so.1'));
  assert.ok(!isKept('linux/x64/libonnxruntime_providers_cuda.so'));
  assert.ok(!isKept('win32/x64/onnxruntime.dll'));
});

test('a fetched package with other bytes than the lock file’s is refused', () => {
  const bytes = Buffer.from('a package');
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  checkIntegrity('sharp', bytes, integrity);
  assert.throws(() => checkIntegrity('sharp', Buffer.from('another'), integrity), /sharp from the registry/);
});

test('the shipped manifest has nothing of the development, and of the dependencies those beside it', () => {
  const shipped = shippedManifest(
    {
      name: 'lens',
      publisher: 'us',
      version: '1.0.0',
      private: true,
      scripts: { build: 'x' },
      devDependencies: { esbuild: '1' },
      allowScripts: {},
      dependencies: { sharp: '1', zod: '2' },
      main: './dist/extension.cjs',
    },
    ['sharp', 'semver'],
  );
  assert.deepEqual(shipped, {
    name: 'lens',
    publisher: 'us',
    version: '1.0.0',
    dependencies: { sharp: '1' },
    main: './dist/extension.cjs',
  });
});

test('the shipped page shows pictures of the web or none, and links that lead nowhere are text', () => {
  const page = `Lens
<picture>
  <source srcset="a/b.png">
  <img src="a/c.png">
</picture>
[one](docs/one.md) [two](https://two) [three](#three)`;
  assert.equal(shippedReadme(page, null), 'Lens\none [two](https://two) [three](#three)');
  assert.match(
    shippedReadme(page, 'https://x.org/lens/'),
    /<source srcset="https:\/\/x\.org\/lens\/a\/b\.png">\n {2}<img src="https:\/\/x\.org\/lens\/a\/c\.png">/,
  );
});

test('packages of bundled files are named once, scoped and nested ones too', () => {
  assert.deepEqual(
    bundledPackages([
      'src/a.ts',
      'node_modules/zod/v4/a.js',
      'node_modules/zod/v4/b.js',
      'node_modules/lit/node_modules/@lit/x/index.js',
    ]),
    ['@lit/x', 'zod'],
  );
});

test('the header of a library says which platform it is for', () => {
  const header = (write: (buffer: Buffer) => void) => {
    const buffer = Buffer.alloc(128);
    write(buffer);
    return binaryPlatform(buffer);
  };
  const elf = (machine: number) =>
    header((buffer) => {
      buffer.writeUInt32BE(0x7f454c46);
      buffer.writeUInt16LE(machine, 18);
    });
  assert.equal(elf(62), 'linux-x64');
  assert.equal(elf(183), 'linux-arm64');
  assert.equal(elf(8), 'linux-machine 8');
  const macho = header((buffer) => {
    buffer.writeUInt32LE(0xfeedfacf);
    buffer.writeUInt32LE(0x0100000c, 4);
  });
  assert.equal(macho, 'darwin-arm64');
  const pe = header((buffer) => {
    buffer.write('MZ');
    buffer.writeUInt32LE(80, 60);
    buffer.write('PE\0\0', 80);
    buffer.writeUInt16LE(0xaa64, 84);
  });
  assert.equal(pe, 'win32-arm64');
  assert.equal(binaryPlatform(Buffer.from('module.exports = 1;'.padEnd(80))), null);
});

test('a ZIP archive gives its files and their contents', () => {
  const archive = zipOf([
    ['a.txt', 'stored', 0],
    ['b/c.txt', 'deflated deflated deflated', 8],
  ]);
  const entries = zipEntries(archive);
  assert.deepEqual(
    entries.map(({ path, bytes }) => [path, Buffer.from(bytes()).toString()]),
    [
      ['a.txt', 'stored'],
      ['b/c.txt', 'deflated deflated deflated'],
    ],
  );
  assert.throws(() => zipEntries(Buffer.alloc(100)), /no ZIP archive/);
  archive[archive.indexOf(Buffer.from('PK\x01\x02'))] = 0;
  assert.throws(() => zipEntries(archive), /damaged at entry 1 of 2/);
});

/** An archive after APPNOTE.TXT, without checksums. */
function zipOf(files: readonly (readonly [path: string, text: string, method: 0 | 8])[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text, method] of files) {
    const content = method === 0 ? Buffer.from(text) : deflateRawSync(text);
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(path), content);
    directory.push(entry, Buffer.from(path));
    offset += 30 + path.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
