import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { repositoryRoot } from '../../support/repository.ts';

/** Each case runs in a process of its own: a native module is loaded once and for all. */

test('sharp that does not load at all is a native module missing, with remedies', () => {
  const error = outcome('decoderVersion', 'decoder.ts', /sharp\.node$/);
  assert.equal(error.code, 'nativeModuleMissing');
  assert.match(error.message, /sharp does not load .*attributeLens\.nodePath.*ATTRIBUTE_LENS_SHARP=wasm/);
});

test('sharp does not take its WebAssembly form behind our back', () => {
  const error = outcome('decoderVersion', 'decoder.ts', /sharp-(?!wasm32)[^/]+\/sharp\.node$/);
  assert.equal(error.code, 'nativeModuleMissing');
  assert.match(error.message, /only its WebAssembly form/);
});

test('where it is chosen, the WebAssembly form decodes and is named', () => {
  const value = outcome('decoderVersion', 'decoder.ts', undefined, { ATTRIBUTE_LENS_SHARP: 'wasm' });
  assert.match(value.sharp ?? '', /^\d+\.\d+\.\d+ \(wasm\)$/);
});

test('ONNX Runtime that does not load is a native module missing, with remedies', () => {
  const error = outcome('runtimeVersion', 'onnxRuntime.ts', /onnxruntime_binding\.node$/);
  assert.equal(error.code, 'nativeModuleMissing');
  assert.match(error.message, /ONNX Runtime does not load .*attributeLens\.nodePath/);
});

interface Outcome {
  readonly code?: string;
  readonly message: string;
  readonly sharp?: string;
}

/** Imports a file, which must not fail, calls `name` of it, and gives the result or the error. */
function outcome(
  name: string,
  file: string,
  hidden?: RegExp,
  env: Readonly<Record<string, string>> = {},
): Outcome {
  const script = `
    import module from 'node:module';
    const hidden = ${String(hidden ?? /^$/)};
    module.registerHooks({
      resolve(specifier, context, next) {
        if (hidden.test(specifier)) throw Object.assign(new Error('hidden ' + specifier), { code: 'MODULE_NOT_FOUND' });
        return next(specifier, context);
      },
    });
    const { ${name} } = await import('./src/models/${file}');
    const result = await ${name}().catch(({ code, message }) => ({ code, message }));
    console.log(JSON.stringify(result));
  `;
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  assert.equal(child.status, 0, child.stderr);
  return JSON.parse(child.stdout) as Outcome;
}
