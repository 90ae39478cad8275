import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import {
  findCudaLibraries,
  fixOfMissing,
  linksOf,
  pathOfLibrary,
} from '../../../../src/engine/cuda/cudaLibraries.ts';
import {
  libraryPlaces,
  type LibrarySurroundings,
  parseCache,
} from '../../../../src/engine/cuda/libraryPlaces.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'attribute-lens-cuda-')));
after(() => rmSync(root, { recursive: true }));

function put(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
}

const site = 'venv/lib/python3.11/site-packages/nvidia';
put(
  `${site}/cublas/lib/libcublas.so.12`,
  `${site}/cublas/lib/libcublasLt.so.12`,
  `${site}/cudnn/lib/libcudnn.so.9`,
  `${site}/cudnn/lib/libcudnn_ops.so.9`,
  `${site}/cudnn/lib/libcudnn_ops.so.8`,
  'venv/lib/libstdc++.so.6',
  'usr/local/cuda-12.4/lib64/libcudart.so.12',
  'usr/local/cuda-11.8/lib64/libcudart.so.11',
  'usr/lib/x86_64-linux-gnu/libcufft.so.11.2',
);
symlinkSync('libcufft.so.11.2', join(root, 'usr/lib/x86_64-linux-gnu/libcufft.so.11'));

const surroundings = { env: {}, home: join(root, 'home'), root, cacheText: '', arch: 'x64' };

test('libraries are found in a Python environment, in the toolkit of CUDA 12 and in the system', () => {
  const found = findCudaLibraries(libraryPlaces(surroundings, [join(root, 'venv')]));
  assert.deepEqual(
    found.map(({ name, path }) => [name, path?.slice(root.length + 1)]),
    [
      ['libcudart.so.12', 'usr/local/cuda-12.4/lib64/libcudart.so.12'],
      ['libcublasLt.so.12', `${site}/cublas/lib/libcublasLt.so.12`],
      ['libcublas.so.12', `${site}/cublas/lib/libcublas.so.12`],
      ['libcufft.so.11', 'usr/lib/x86_64-linux-gnu/libcufft.so.11'],
      ['libcurand.so.10', undefined],
      ['libcudnn.so.9', `${site}/cudnn/lib/libcudnn.so.9`],
    ],
  );
  assert.equal(fixOfMissing(found), 'pip install nvidia-curand-cu12');
});

test('without the environment, what is missing is named once for each package', () => {
  const found = findCudaLibraries(libraryPlaces(surroundings, []));
  assert.equal(
    fixOfMissing(found),
    "pip install nvidia-cublas-cu12 nvidia-curand-cu12 'nvidia-cudnn-cu12==9.*'",
  );
});

test('an active environment and the loader’s path and cache are looked through, too', () => {
  const cacheText = `	libcurand.so.10 (libc6,x86-64) => ${join(root, 'opt/x/libcurand.so.10')}\n`;
  const env = { VIRTUAL_ENV: join(root, 'venv'), LD_LIBRARY_PATH: `/nowhere:${join(root, 'own')}` };
  put('own/libcudart.so.12', 'opt/x/libcurand.so.10');
  const found = findCudaLibraries(libraryPlaces({ ...surroundings, env, cacheText }, []));
  assert.equal(fixOfMissing(found), null);
  assert.equal(found[0]!.path, join(root, 'own/libcudart.so.12'));
  assert.equal(found[4]!.path, join(root, 'opt/x/libcurand.so.10'));
});

test('what pip installed for the whole machine is found, below dist-packages as Debian has it', () => {
  const packages = 'debian/usr/local/lib/python3.12/dist-packages/nvidia';
  put(
    `${packages}/curand/lib/libcurand.so.10`,
    'debian/usr/lib/python3/dist-packages/nvidia/x/lib/libx.so.1',
  );
  const machine = { ...surroundings, root: join(root, 'debian') };
  const find = (name: string, places = libraryPlaces(machine, [])) =>
    pathOfLibrary(name, places)?.slice(root.length + 1);
  assert.equal(find('libcurand.so.10'), `${packages}/curand/lib/libcurand.so.10`);
  assert.equal(find('libx.so.1'), 'debian/usr/lib/python3/dist-packages/nvidia/x/lib/libx.so.1');
  const elsewhere = libraryPlaces({ ...surroundings, root: join(root, 'none') }, [
    join(root, 'debian/usr/local'),
  ]);
  assert.equal(find('libcurand.so.10', elsewhere), `${packages}/curand/lib/libcurand.so.10`);
});

test('what the loader’s cache still names and nobody has any more is missing, and is not linked', () => {
  const places = {
    folders: [],
    cache: new Map([
      ['libcudart.so.12', join(root, 'gone/libcudart.so.12')],
      ['libcudnn_ops.so.9', join(root, 'gone/libcudnn_ops.so.9')],
    ]),
  };
  const found = findCudaLibraries(places);
  assert.equal(found[0]!.path, null);
  assert.match(fixOfMissing(found)!, /nvidia-cuda-runtime-cu12/);
  assert.deepEqual(linksOf(found, places), {});
});

test('links are to the files themselves and take along what cuDNN loads later, and nothing else', () => {
  const places = libraryPlaces(surroundings, [join(root, 'venv')]);
  const links = linksOf(findCudaLibraries(places), places);
  assert.deepEqual(Object.keys(links).sort(), [
    'libcublas.so.12',
    'libcublasLt.so.12',
    'libcudart.so.12',
    'libcudnn.so.9',
    'libcudnn_ops.so.9',
    'libcufft.so.11',
  ]);
  assert.equal(links['libcufft.so.11'], join(root, 'usr/lib/x86_64-linux-gnu/libcufft.so.11.2'));
});

test('of the loader’s cache, only libraries of this machine’s kind count, and the first of a name', () => {
  const text = [
    "3 libs found in cache `/etc/ld.so.cache'",
    '\tliba.so.1 (libc6) => /usr/lib32/liba.so.1',
    '\tliba.so.1 (libc6,x86-64) => /usr/lib/liba.so.1',
    '\tliba.so.1 (libc6,x86-64) => /opt/liba.so.1',
    '\tliba.so.1 (libc6,AArch64) => /usr/lib/aarch64-linux-gnu/liba.so.1',
  ].join('\n');
  const find = (arch: string) => [...parseCache(text, arch)];
  assert.deepEqual(find('x64'), [['liba.so.1', '/usr/lib/liba.so.1']]);
  assert.deepEqual(find('arm64'), [['liba.so.1', '/usr/lib/aarch64-linux-gnu/liba.so.1']]);
  assert.deepEqual(find('riscv64'), []);
});

test('any library is found as the loader finds it, on arm64 too', () => {
  put('usr/lib/aarch64-linux-gnu/libvulkan.so.1', 'bundled/libvulkan.so.1');
  const find = (change: Partial<LibrarySurroundings>) =>
    pathOfLibrary('libvulkan.so.1', libraryPlaces({ ...surroundings, ...change }, []))?.slice(
      root.length + 1,
    );
  assert.equal(find({}), undefined);
  assert.equal(find({ arch: 'arm64' }), 'usr/lib/aarch64-linux-gnu/libvulkan.so.1');
  assert.equal(find({ env: { LD_LIBRARY_PATH: join(root, 'bundled') } }), 'bundled/libvulkan.so.1');
});
