import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { isAppError } from '../../../../src/domain/appError.ts';
import type { Progress } from '../../../../src/domain/progress.ts';
import { neededLibraries } from '../../../../src/engine/cuda/cudaLibraries.ts';
import { proxyOf } from '../../../../src/engine/cuda/httpGet.ts';
import { readCudaState } from '../../../../src/engine/cuda/cudaFolder.ts';
import { type InstallSurroundings, runInstallCudaJob } from '../../../../src/engine/jobs/installCudaJob.ts';
import type { InstallCudaJob } from '../../../../src/protocol/hardwareJobs.ts';
import { zipOf } from '../../../support/zip.ts';

const root = mkdtempSync(join(tmpdir(), 'attribute-lens-install-'));
const cudaFolder = join(root, 'storage', 'cuda');
const toolkit = join(root, 'toolkit');
mkdirSync(toolkit);
for (const { name } of neededLibraries) writeFileSync(join(toolkit, name), name);
writeFileSync(join(root, 'libonnxruntime.so.1'), 'the runtime');

function packageOf(version: string): Buffer {
  const native = 'runtimes/linux-x64/native/';
  return zipOf([
    {
      name: 'Microsoft.ML.OnnxRuntime.Gpu.Linux.nuspec',
      content: Buffer.from(`<package><metadata><version>${version}</version></metadata></package>`),
    },
    { name: `${native}libonnxruntime_providers_shared.so`, content: Buffer.from('shared') },
    { name: `${native}libonnxruntime_providers_cuda.so`, content: Buffer.alloc(200_000, 'cuda') },
    { name: `${native}libonnxruntime.so`, content: Buffer.from('not wanted') },
  ]);
}

const published = packageOf('1.30.0');
const file =
  '/flat/microsoft.ml.onnxruntime.gpu.linux/1.30.0/microsoft.ml.onnxruntime.gpu.linux.1.30.0.nupkg';

/** A registry as NuGet's protocol describes it; `serve` stands in for the package's own answer. */
let serve: (request: IncomingMessage, response: ServerResponse) => void;
let requests: string[] = [];
const registry = createServer((request, response) => {
  const base = addressOf(registry);
  requests.push(`${request.url!}${request.headers.range ? ` ${request.headers.range}` : ''}`);
  const hash = createHash('sha512').update(published).digest('base64');
  const json = {
    '/index.json': {
      resources: [
        { '@id': `${base}/registration`, '@type': 'RegistrationsBaseUrl' },
        { '@id': `${base}/flat/`, '@type': 'PackageBaseAddress/3.0.0' },
      ],
    },
    '/registration/microsoft.ml.onnxruntime.gpu.linux/1.30.0.json': { catalogEntry: `${base}/entry.json` },
    '/entry.json': { packageHash: hash, packageHashAlgorithm: 'SHA512' },
  }[request.url!];
  if (json) return void response.end(JSON.stringify(json));
  if (request.url === file) serve(request, response);
  else response.writeHead(404).end();
});
await listen(registry);

after(() => {
  registry.closeAllConnections();
  registry.close();
  rmSync(root, { recursive: true });
});

beforeEach(() => {
  rmSync(join(root, 'storage'), { recursive: true, force: true });
  requests = [];
  serve = whole;
});

function whole(request: IncomingMessage, response: ServerResponse): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > published.length) return void response.writeHead(416).end();
  const body = published.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': body.length }).end(body);
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const machine: InstallSurroundings = {
  platform: { os: 'linux', arch: 'x64', hasNvidiaDevice: true, hasGraphicsDevice: true },
  places: () => Promise.resolve({ folders: [toolkit], cache: new Map() }),
  runtime: () => ({ version: '1.30.0', library: join(root, 'libonnxruntime.so.1') }),
  registryIndex: `${addressOf(registry)}/index.json`,
  env: {},
};

/** What the server does once the first bytes are written. */
let dropConnection: () => void = () => undefined;

const job = {
  kind: 'installCuda' as const,
  cudaFolder,
  file: null,
  proxy: null,
  pythonEnvironments: [],
} satisfies InstallCudaJob;

function install(
  changes: Partial<InstallCudaJob> = {},
  surroundings: Partial<InstallSurroundings> = {},
  progress: (update: Progress) => unknown = () => undefined,
  signal = new AbortController().signal,
) {
  const context = { signal, progress, log: () => undefined };
  return runInstallCudaJob({ ...job, ...changes }, context, { ...machine, ...surroundings });
}

async function refused(run: Promise<unknown>, code: Parameters<typeof isAppError>[1], ...patterns: RegExp[]) {
  await assert.rejects(run, (error) => {
    assert.ok(isAppError(error, code), String(error));
    for (const pattern of patterns) assert.match(error.message, pattern);
    return true;
  });
  assert.deepEqual(readCudaState(cudaFolder, '1.30.0'), { kind: 'none' });
}

test('the package is fetched, checked and unpacked beside the runtime and links to CUDA', async () => {
  const updates: Progress[] = [];
  const { installation } = await install({}, {}, (update) => updates.push(update));
  const folder = join(cudaFolder, 'onnxruntime-1.30.0');
  assert.equal(installation.folder, folder);
  assert.equal(readFileSync(join(folder, 'libonnxruntime.so.1'), 'utf8'), 'the runtime');
  assert.equal(readFileSync(join(folder, 'libonnxruntime_providers_cuda.so')).length, 200_000);
  assert.equal(readlinkSync(join(folder, 'libcudnn.so.9')), join(toolkit, 'libcudnn.so.9'));
  assert.equal(existsSync(join(folder, 'libonnxruntime.so')), false);
  assert.deepEqual(readdirSync(cudaFolder), ['onnxruntime-1.30.0'], 'the package is gone');
  assert.equal(readCudaState(cudaFolder, '1.30.0').kind, 'ready');
  const written = updates.filter(({ phase }) => phase === 'write').map(({ done }) => done);
  assert.deepEqual(
    written,
    [...written].sort((a, b) => a - b),
  );
  assert.equal(written.at(-1), 100);
});

test('what a version before left goes away with the next', async () => {
  mkdirSync(join(cudaFolder, 'onnxruntime-1.29.0'), { recursive: true });
  mkdirSync(join(cudaFolder, 'mine'));
  await install();
  assert.deepEqual(readdirSync(cudaFolder).sort(), ['mine', 'onnxruntime-1.30.0']);
});

test('a broken download keeps its part, says how far it came, and is gone on from', async () => {
  serve = (_, response) => {
    response.writeHead(200, { 'content-length': published.length });
    response.write(published.subarray(0, 100));
    dropConnection = () => response.destroy();
  };
  await refused(
    install({}, {}, ({ phase }) => phase === 'write' && dropConnection()),
    'downloadFailed',
    /broke off after/,
    /go on from there/,
    /CPU and WebGPU go on working/,
  );
  serve = whole;
  await install();
  assert.ok(requests.includes(`${file} bytes=100-`), requests.join('\n'));
  assert.equal(readCudaState(cudaFolder, '1.30.0').kind, 'ready');
});

test('a part of another file is thrown away and fetched anew', async () => {
  mkdirSync(cudaFolder, { recursive: true });
  writeFileSync(join(cudaFolder, 'microsoft.ml.onnxruntime.gpu.linux.1.30.0.nupkg.part'), 'something else');
  await install();
  assert.deepEqual(requests.slice(-2), [`${file} bytes=14-`, file]);
});

test('a part longer than the file is thrown away, too', async () => {
  mkdirSync(cudaFolder, { recursive: true });
  const part = join(cudaFolder, 'microsoft.ml.onnxruntime.gpu.linux.1.30.0.nupkg.part');
  writeFileSync(part, Buffer.alloc(published.length + 1));
  await install();
  assert.equal(readCudaState(cudaFolder, '1.30.0').kind, 'ready');
});

test('what is not what the registry’s checksum says is refused, and nothing of it is kept', async () => {
  serve = (_, response) => void response.end('<html>log in to the network</html>');
  await refused(install(), 'downloadFailed', /is not what the registry says/, /a proxy/);
  assert.deepEqual(readdirSync(cudaFolder), []);
});

test('a version that is not in the registry is said', async () => {
  const runtime = () => ({ ...machine.runtime(), version: '9.9.9' });
  await refused(install({}, { runtime }), 'downloadFailed', /Gpu\.Linux 9\.9\.9.* is not in the registry/);
});

test('without a network, the sentence says what was not reached and which file to pick', async () => {
  const nobody = createServer();
  await listen(nobody);
  const registryIndex = `${addressOf(nobody)}/index.json`;
  await new Promise((resolve) => nobody.close(resolve));
  await refused(
    install({}, { registryIndex }),
    'downloadFailed',
    /127\.0\.0\.1:\d+ was not reached \(no proxy is set\)/,
    /download https:\/\/www\.nuget\.org\/api\/v2\/package\/Microsoft\.ML\.OnnxRuntime\.Gpu\.Linux\/1\.30\.0 elsewhere and pick that file/,
  );
});

test('a picked package needs no network; one of another version, or of something else, is refused', async () => {
  const path = join(root, 'picked.nupkg');
  writeFileSync(path, packageOf('1.29.1'));
  await refused(
    install({ file: path }),
    'downloadFailed',
    /is version 1\.29\.1, and ONNX Runtime here is 1\.30\.0/,
  );
  writeFileSync(path, zipOf([{ name: 'x.nuspec', content: Buffer.from('<version>1.30.0</version>') }]));
  await refused(
    install({ file: path }),
    'downloadFailed',
    /does not hold libonnxruntime_providers_shared\.so/,
  );
  writeFileSync(path, published.subarray(0, published.length - 30));
  await refused(install({ file: path }), 'downloadFailed', /its end is missing/);
  await refused(install({ file: join(root, 'none') }), 'usage', /is not there/);
  writeFileSync(path, published);
  await install({ file: path });
  assert.deepEqual(requests, []);
  assert.ok(existsSync(path), 'a file of the user stays');
});

test('a wheel of the same version does as well', async () => {
  const path = join(root, 'onnxruntime_gpu.whl');
  writeFileSync(
    path,
    zipOf([
      {
        name: 'onnxruntime_gpu-1.30.0.dist-info/METADATA',
        content: Buffer.from('Name: x\nVersion: 1.30.0\n'),
      },
      { name: 'onnxruntime/capi/libonnxruntime_providers_shared.so', content: Buffer.from('s') },
      { name: 'onnxruntime/capi/libonnxruntime_providers_cuda.so', content: Buffer.from('c') },
      { name: 'onnxruntime/capi/libonnxruntime_providers_tensorrt.so', content: Buffer.from('t') },
    ]),
  );
  const { installation } = await install({ file: path });
  assert.equal(installation.files.length, 4);
});

test('missing libraries are named with the command that gets them, before anything is fetched', async () => {
  const places = () =>
    Promise.resolve({
      folders: [],
      cache: new Map([['libcudart.so.12', join(toolkit, 'libcudart.so.12')]]),
    });
  await refused(
    install({}, { places }),
    'providerUnavailable',
    /missing: libcublasLt\.so\.12, .*libcudnn\.so\.9/,
    /pip install nvidia-cublas-cu12 .*'nvidia-cudnn-cu12==9\.\*'/,
  );
  assert.deepEqual(requests, []);
});

test('a machine without CUDA is told what to use instead', async () => {
  const on = (changes: Partial<InstallSurroundings['platform']>) =>
    install({}, { platform: { ...machine.platform, ...changes } });
  await refused(on({ os: 'darwin', arch: 'arm64' }), 'providerUnavailable', /darwin-arm64.*CoreML/);
  await refused(on({ os: 'win32' }), 'providerUnavailable', /DirectML/);
  await refused(
    on({ hasNvidiaDevice: false }),
    'providerUnavailable',
    /No NVIDIA device.*nvidia-smi.*--gpus all.*WebGPU/,
  );
});

test('a cancel in the middle of the download leaves nothing half', async () => {
  const abort = new AbortController();
  serve = (_, response) => {
    response.writeHead(200, { 'content-length': published.length });
    response.write(published.subarray(0, 100));
  };
  const cancel = ({ phase }: Progress): void => {
    if (phase === 'write') abort.abort();
  };
  await refused(install({}, {}, cancel, abort.signal), 'cancelled');
});

test('a proxy is gone through, with its password, and one that refuses is named', async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.url!} ${request.headers['proxy-authorization'] ?? ''}`);
    const [host, port] = request.url!.split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    socket.on('error', () => onward.destroy());
  });
  await listen(proxy);
  const { host } = new URL(addressOf(proxy));
  await install({ proxy: `http://me:pass@${host}` });
  const credentials = Buffer.from('me:pass').toString('base64');
  assert.equal(asked[0], `${new URL(addressOf(registry)).host} Basic ${credentials}`);
  rmSync(cudaFolder, { recursive: true });
  proxy.removeAllListeners('connect');
  proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
  await refused(install({ proxy: `http://${host}` }), 'downloadFailed', /The proxy .* refuses .* status 407/);
  await refused(install({ proxy: 'socks5://x:1' }), 'downloadFailed', /of kind socks5/);
  proxy.closeAllConnections();
  proxy.close();
});

test('the environment names the proxy as curl reads it', () => {
  const env = { HTTPS_PROXY: 'http://a:1', no_proxy: 'localhost, .inside.org' };
  assert.equal(proxyOf('https://api.nuget.org/x', env), 'http://a:1');
  assert.equal(proxyOf('https://x.inside.org/', env), null);
  assert.equal(proxyOf('https://outside.org/', { all_proxy: 'http://b:2' }), 'http://b:2');
  assert.equal(proxyOf('http://outside.org/', env), null);
  assert.equal(proxyOf('https://outside.org/', { ...env, NO_PROXY: '*', no_proxy: '' }), null);
});

test('an installation whose libraries are gone, or of another version, is broken and says why', async () => {
  await install();
  const gone = join(toolkit, 'libcudnn.so.9');
  rmSync(gone);
  const state = readCudaState(cudaFolder, '1.30.0');
  writeFileSync(gone, '');
  assert.deepEqual(state, { kind: 'broken', reason: `Files of the CUDA support are gone: ${gone}.` });
  assert.deepEqual(readCudaState(cudaFolder, '1.31.0'), { kind: 'none' });
});
