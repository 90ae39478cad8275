import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { contentFaults, maxPackageBytes } from '../../scripts/packaging/contents.ts';
import { installedModule } from '../../scripts/packaging/moduleFolder.ts';
import { packageExtension } from '../../scripts/packaging/packageExtension.ts';
import { targetOf, targets } from '../../scripts/packaging/targets.ts';
import { type ZipEntry, zipEntries } from '../../scripts/packaging/zip.ts';

// Of libraries that are installed, without the network.
const target = targetOf(process.platform, process.arch)!;
const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-vsix-'));
after(() => rm(folder, { recursive: true, force: true }));
const { path, bytes } = await packageExtension(target, folder, () => installedModule);
const entries = zipEntries(await readFile(path)).map(inflatedOnce);
const manifest = JSON.parse(textOf('extension/package.json')) as Record<string, unknown>;

test('the package of this platform is named after it, under 100 MB, and holds what is allowed and nothing else', () => {
  assert.match(path, new RegExp(`attribute-lens-${target}-[\\d.]+\\.vsix$`));
  assert.ok(bytes < maxPackageBytes);
  assert.deepEqual(contentFaults(entries, target), []);
});

test('it holds one ONNX Runtime and one native sharp', () => {
  const native = entries.filter(({ path }) => path.endsWith('.node')).map(({ path }) => path);
  assert.deepEqual(native.map((one) => one.replace(/.*\//, '').replace(/[\d.]*\.node$/, '')).sort(), [
    'onnxruntime_binding',
    `sharp-${target}-`,
  ]);
  assert.ok(!entries.some(({ path }) => /cuda|tensorrt/i.test(path)));
});

test('it holds no source, no source map, no test, and its manifest nothing of the development', () => {
  assert.deepEqual(
    entries.filter(({ path }) => /\.(map|ts|cts|mts|tsx)$|(^|\/)tests?\//.test(path)).map(({ path }) => path),
    [],
  );
  for (const field of ['devDependencies', 'scripts', 'allowScripts', 'private'])
    assert.ok(!(field in manifest), field);
  for (const program of ['extension', 'engine', 'cli', 'webview/report'])
    assert.doesNotMatch(
      textOf(`extension/dist/${program}.${program.includes('/') ? 'js' : 'cjs'}`),
      /sourceMappingURL=\S+\s*$/,
    );
});

const planted: readonly [what: string, path: string, fault: RegExp][] = [
  ['a source map', 'extension/dist/engine.cjs.map', /engine\.cjs\.map does not belong/],
  ['a test', 'extension/test/unit/x.test.ts', /x\.test\.ts does not belong/],
  ['a model', 'extension/media/model.onnx', /model\.onnx does not belong/],
  ['a secret', 'extension/.env', /\.env does not belong/],
  [
    'types of a library',
    'extension/dist/node_modules/sharp/dist/index.d.cts',
    /index\.d\.cts does not belong/,
  ],
  ['another library', 'extension/dist/node_modules/left-pad/index.js', /left-pad\/index\.js does not belong/],
  [
    'CUDA’s provider',
    'extension/dist/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so',
    /providers_cuda\.so does not belong/,
  ],
  [
    'a second ONNX Runtime',
    'extension/dist/node_modules/onnxruntime-node/bin/napi-v6/freebsd/x64/onnxruntime_binding.node',
    /freebsd.* does not belong/,
  ],
];

for (const [what, plantedPath, fault] of planted) {
  test(`${what} planted in it is found`, () => {
    const faults = contentFaults([...entries, entry(plantedPath, '')], target);
    assert.equal(faults.length, 1);
    assert.match(faults[0]!, fault);
  });
}

test('a library twice, one of another platform, and a missing one are found', () => {
  const binding = entries.find(({ path }) => path.endsWith('onnxruntime_binding.node'))!;
  const twice = [...entries, { ...binding, path: binding.path.replace('napi-v6', 'napi-v7') }];
  assert.match(contentFaults(twice, target).join(), /^2 files instead of one .*onnxruntime_binding/);
  const foreign = entries.map((one) => (one === binding ? entry(one.path, 'no library'.padEnd(80)) : one));
  assert.match(
    contentFaults(foreign, target).join(),
    /onnxruntime_binding\.node is for no platform instead of/,
  );
  const without = entries.filter((one) => one !== binding);
  assert.match(contentFaults(without, target).join(), /^0 files instead of one .*onnxruntime_binding/);
});

test('a file that is needed, or that the manifest names, and is not there is found', () => {
  const without = (path: string) => entries.filter((one) => one.path !== path);
  assert.deepEqual(contentFaults(without('extension/dist/engine.cjs'), target), [
    'extension/dist/engine.cjs is missing.',
  ]);
  const naming = [
    ...without('extension/package.json'),
    entry('extension/package.json', JSON.stringify({ ...manifest, icon: './media/none.png' })),
  ];
  assert.deepEqual(contentFaults(naming, target), ['extension/media/none.png is missing.']);
});

test('it is not taken for a package of another platform', () => {
  for (const other of targets.filter((one) => one !== target))
    assert.ok(contentFaults(entries, other).length > 0, other);
});

/** Checks read the large libraries again and again. */
function inflatedOnce({ path, bytes }: ZipEntry): ZipEntry {
  let inflated: Uint8Array | undefined;
  return { path, bytes: () => (inflated ??= bytes()) };
}

function entry(path: string, text: string): ZipEntry {
  return { path, bytes: () => Buffer.from(text) };
}

function textOf(path: string): string {
  const found = entries.find((one) => one.path === path);
  assert.ok(found, path);
  return Buffer.from(found.bytes()).toString();
}
