import { AppError } from '../domain/appError.ts';

/** What the engine's process is started with. */
export interface EngineExecutable {
  readonly execPath: string;
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Why this one, for the log. */
  readonly why: string;
}

/** A Node.js that was asked for its version. */
export interface FoundNode {
  readonly execPath: string;
  /** As in `process.versions.node`. */
  readonly version: string;
}

export interface HostMachine {
  readonly platform: string;
  /** The extension host's own executable. */
  readonly execPath: string;
  /** `process.versions.electron`; undefined in a plain Node: remote, containers, Codespaces, the browser's server. */
  readonly electron: string | undefined;
  /** `attributeLens.nodePath`, or ''. */
  readonly nodePath: string;
}

export const minimumNodeMajor = 20;

/**
 * Which executable runs the engine.
 *
 * Electron on Linux brings its own GLib, which the native sharp clashes with even where Electron runs as Node
 * (electron#46323, sharp#4525); so a real Node goes first there, and without one sharp runs as WebAssembly:
 * the same pixels in 2.8 times the time. On Windows and macOS Electron links no GLib and the native sharp is used.
 *
 * `find` asks an executable (a path, or a name on the PATH) for its version; `null` where it does not run.
 * Throws `settingInvalid` where `attributeLens.nodePath` names no Node of version 20 or later.
 */
export async function chooseEngineExecutable(
  machine: HostMachine,
  find: (command: string) => Promise<FoundNode | null>,
): Promise<EngineExecutable> {
  if (machine.nodePath !== '') return configuredNode(machine.nodePath, await find(machine.nodePath));
  if (machine.electron === undefined) {
    return { execPath: machine.execPath, env: {}, why: "the extension host's own Node.js" };
  }
  const asNode = { ELECTRON_RUN_AS_NODE: '1' };
  if (machine.platform !== 'linux') {
    return { execPath: machine.execPath, env: asNode, why: "the editor's own Electron" };
  }
  const onPath = await find('node');
  if (onPath !== null && isRecent(onPath)) {
    return { execPath: onPath.execPath, env: {}, why: `Node.js ${onPath.version} on the PATH` };
  }
  const missing =
    onPath === null
      ? 'no Node.js on the PATH'
      : `Node.js ${onPath.version} on the PATH is older than ${minimumNodeMajor}`;
  return {
    execPath: machine.execPath,
    env: { ...asNode, ATTRIBUTE_LENS_SHARP: 'wasm' },
    why: `the editor's own Electron, with images decoded by WebAssembly (slower): ${missing}; set attributeLens.nodePath`,
  };
}

function configuredNode(nodePath: string, found: FoundNode | null): EngineExecutable {
  const allowed = `a Node.js executable of version ${minimumNodeMajor} or later`;
  if (found === null || !isRecent(found)) {
    const what = found === null ? 'does not run as one' : `is Node.js ${found.version}`;
    throw new AppError(
      'settingInvalid',
      `The setting attributeLens.nodePath is "${nodePath}", which ${what}; it must be ${allowed}, or empty.`,
      { key: 'attributeLens.nodePath', value: nodePath, allowed },
    );
  }
  return { execPath: found.execPath, env: {}, why: `Node.js ${found.version} of attributeLens.nodePath` };
}

function isRecent({ version }: FoundNode): boolean {
  return Number.parseInt(version, 10) >= minimumNodeMajor;
}
