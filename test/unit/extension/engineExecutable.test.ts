import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import {
  chooseEngineExecutable,
  type FoundNode,
  type HostMachine,
} from '../../../src/extension/engineExecutable.ts';
import { findNode } from '../../../src/extension/findNode.ts';

const desktop: HostMachine = {
  platform: 'linux',
  execPath: '/opt/code/code',
  electron: '37.1.0',
  nodePath: '',
};
const remote: HostMachine = { ...desktop, execPath: '/srv/node', electron: undefined };

const machineWith =
  (nodes: Readonly<Record<string, FoundNode>>) =>
  (command: string): Promise<FoundNode | null> =>
    Promise.resolve(nodes[command] ?? null);
const nothing = machineWith({});
const node24 = { execPath: '/usr/bin/node', version: '24.1.0' };
const node18 = { execPath: '/usr/bin/node', version: '18.20.0' };

test('a plain Node as extension host runs the engine itself, whatever is on the PATH', async () => {
  for (const platform of ['linux', 'win32', 'darwin']) {
    const chosen = await chooseEngineExecutable({ ...remote, platform }, machineWith({ node: node24 }));
    assert.equal(chosen.execPath, '/srv/node');
    assert.deepEqual(chosen.env, {});
  }
});

test('on the Linux desktop a recent Node on the PATH runs it', async () => {
  const chosen = await chooseEngineExecutable(desktop, machineWith({ node: node24 }));
  assert.equal(chosen.execPath, '/usr/bin/node');
  assert.deepEqual(chosen.env, {});
});

test('on the Linux desktop without a recent Node, Electron runs it with sharp as WebAssembly, and says why', async () => {
  for (const [find, why] of [
    [nothing, /no Node\.js on the PATH/],
    [machineWith({ node: node18 }), /18\.20\.0 on the PATH is older than 20/],
  ] as const) {
    const chosen = await chooseEngineExecutable(desktop, find);
    assert.equal(chosen.execPath, '/opt/code/code');
    assert.deepEqual(chosen.env, { ELECTRON_RUN_AS_NODE: '1', ATTRIBUTE_LENS_SHARP: 'wasm' });
    assert.match(chosen.why, why);
  }
});

test('on Windows and macOS Electron runs it with the native sharp', async () => {
  for (const platform of ['win32', 'darwin']) {
    const chosen = await chooseEngineExecutable({ ...desktop, platform }, machineWith({ node: node24 }));
    assert.equal(chosen.execPath, '/opt/code/code');
    assert.deepEqual(chosen.env, { ELECTRON_RUN_AS_NODE: '1' });
  }
});

test('a Node named in the settings goes first everywhere', async () => {
  const find = machineWith({ '/n/node': { execPath: '/n/node', version: '20.0.0' }, node: node24 });
  for (const machine of [desktop, remote, { ...desktop, platform: 'win32' }]) {
    const chosen = await chooseEngineExecutable({ ...machine, nodePath: '/n/node' }, find);
    assert.equal(chosen.execPath, '/n/node');
  }
});

test('a setting that names no Node, or an old one, is refused with its value', async () => {
  for (const [find, message] of [
    [nothing, /nodePath is "\/n\/node", which does not run/],
    [machineWith({ '/n/node': node18 }), /which is Node\.js 18\.20\.0/],
  ] as const) {
    await assert.rejects(
      chooseEngineExecutable({ ...desktop, nodePath: '/n/node' }, find),
      (error) => isAppError(error, 'settingInvalid') && message.test(error.message),
    );
  }
});

test('an executable is asked who it is', async () => {
  assert.deepEqual(await findNode(process.execPath), {
    execPath: process.execPath,
    version: process.versions.node,
  });
});

test('what does not exist or is no Node is not found', async () => {
  assert.equal(await findNode('/nowhere/node'), null);
  assert.equal(await findNode('/bin/echo'), null);
});
