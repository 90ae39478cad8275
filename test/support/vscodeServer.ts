/**
 * A real VS Code out of the npm registry, for machines that cannot download the desktop one: code-server carries
 * a complete VS Code server, whose workbench runs in a browser and whose extension host is a plain Node.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const codeServerVersion = '4.139.1';
const cache = resolve('.vscode-test');
const startTimeoutMs = 60_000;

export interface ServerOptions {
  /** Holds the server's own data; settings of the machine lie in `data/Machine/settings.json`. */
  readonly dataFolder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Without it every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Folder of the extensions that are installed; without it the window takes one under development, and tests. */
  readonly extensionsFolder?: string;
}

export interface VscodeServer {
  url(options: WorkbenchOptions): string;
  stop(): Promise<void>;
}

export interface WorkbenchOptions {
  /** A folder, or a `.code-workspace` file. */
  readonly workspace: string | null;
  readonly underDevelopment?: string;
  /** Module whose `run()` runs the tests in the extension host. */
  readonly testsPath?: string;
}

export async function startVscodeServer(options: ServerOptions): Promise<VscodeServer> {
  const main = await serverProgram();
  const child = spawn(
    process.execPath,
    [
      main,
      '--without-connection-token',
      '--host=127.0.0.1',
      '--port=0',
      '--accept-server-license-terms',
      `--server-data-dir=${options.dataFolder}`,
      '--disable-telemetry',
      // Makes a built server take extension and tests from the address. It also keeps notifications from showing.
      ...(options.extensionsFolder === undefined
        ? ['--enable-smoke-test-driver']
        : [`--extensions-dir=${options.extensionsFolder}`]),
      ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } },
  );
  const port = await listeningPort(child);
  return {
    url: (workbench) => workbenchUrl(port, workbench),
    stop: () => stop(child),
  };
}

function workbenchUrl(port: number, { underDevelopment, workspace, testsPath }: WorkbenchOptions): string {
  const remote = (path: string) => `vscode-remote://localhost:${port}${resolve(path)}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(underDevelopment === undefined ? [] : [['extensionDevelopmentPath', remote(underDevelopment)]]),
    ...(testsPath === undefined ? [] : [['extensionTestsPath', remote(testsPath)]]),
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (workspace === null) query.set('ew', 'true');
  else query.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(workspace));
  return `http://localhost:${port}/?${query.toString()}`;
}

/** Path of the server's main module; installed into the cache the first time. */
export async function serverProgram(): Promise<string> {
  const target = join(cache, `code-server-${codeServerVersion}`);
  const main = join(target, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js');
  if (existsSync(main)) return main;
  console.log(`Installing code-server ${codeServerVersion} into ${target} (600 MB, once) …`);
  const parts = `${target}.part`;
  await rm(parts, { recursive: true, force: true });
  await mkdir(parts, { recursive: true });
  await writeFile(join(parts, 'package.json'), '{ "private": true }');
  // No scripts: nothing is compiled, and workbench, extension host and webviews work without the skipped add-ons.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(parts, ['install', `code-server@${codeServerVersion}`, ...quiet]);
  const vscode = join(parts, 'node_modules', 'code-server', 'lib', 'vscode');
  await npm(vscode, ['install', '--omit=dev', ...quiet]);
  // Last, so that what was interrupted is installed again.
  await rename(parts, target);
  return main;
}

function npm(folder: string, args: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
    const child = spawn('npm', args, { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 0) done();
      else failed(new Error(`npm ${args.join(' ')} in ${folder} ended with ${String(code)}.`));
    });
  });
}

function listeningPort(child: ChildProcess): Promise<number> {
  const lines: string[] = [];
  return new Promise((done, failed) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      failed(new Error(`The VS Code server ${why}:\n${lines.join('\n')}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
    child.on('close', (code) => fail(`ended with ${String(code)}`));
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (process.env['VSCODE_SERVER_LOG']) console.error(line);
        const match = /listening on (\d+)/.exec(line);
        if (!match) return;
        clearTimeout(timer);
        done(Number(match[1]));
      });
    }
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await closed;
  clearTimeout(timer);
}

export function temporaryFolder(name: string): string {
  return join(tmpdir(), `attribute-lens-${name}-${process.pid}`);
}
