import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { helpText } from '../../../src/cli/help.ts';
import { commands } from '../../../src/cli/commands.ts';
import { parseCommandLine, wholeNumber } from '../../../src/cli/parseCommandLine.ts';
import { settingDefinitions } from '../../../src/protocol/settings.ts';

test('flags of settings become settings, with numbers as numbers and repeated flags as a list', () => {
  const line = parseCommandLine([
    'analyze',
    '--data',
    'faces',
    '--model',
    'a.onnx',
    '--model',
    'b.onnx',
    '--max-identities',
    '50',
    '--seed',
    '0',
  ]);
  assert.deepEqual(line, {
    kind: 'run',
    command: 'analyze',
    positionals: [],
    flags: {},
    settings: { dataset: 'faces', models: ['a.onnx', 'b.onnx'], maxIdentities: 50, seed: 0 },
    json: false,
  });
});

test('flags of a command, the common flags and the positional argument are kept apart', () => {
  const line = parseCommandLine(['sample', 'out', '--identities', '12', '--settings', 's.json', '--json']);
  assert.deepEqual(line, {
    kind: 'run',
    command: 'sample',
    positionals: ['out'],
    flags: { identities: '12', settings: 's.json' },
    settings: {},
    json: true,
  });
});

test('a switch is on by its flag and off by its negation', () => {
  const settingsOf = (...args: string[]) => {
    const line = parseCommandLine(['embed', ...args]);
    assert.ok(line.kind === 'run');
    return line.settings;
  };
  assert.deepEqual(settingsOf('--paper-compat', '--no-detector-retry'), {
    detectorRetry: false,
    paperCompat: true,
  });
  assert.deepEqual(settingsOf(), {});
});

const wrong: readonly [args: string[], message: RegExp][] = [
  [['analyse'], /no command «analyse».*sample, baseline, embed, analyze, describe, verify/],
  [['analyze', '--modle', 'x'], /analyze: Unknown option '--modle'/],
  [['analyze', '--seed', 'one'], /--seed is «one», not a number/],
  [['analyze', '--seed', ''], /--seed is «», not a number/],
  [['analyze', 'folder'], /analyze does not take «folder»/],
  [['sample'], /sample needs DIR/],
  [['sample', 'a', 'b'], /sample does not take «b»/],
  [['baseline', '--batch-size', '4'], /Unknown option '--batch-size'/],
];

for (const [args, message] of wrong) {
  test(`wrong usage is named: ${args.join(' ')}`, () => {
    assert.throws(
      () => parseCommandLine(args),
      (error) => isAppError(error, 'usage') && message.test(error.message),
    );
  });
}

test('a whole number below its least, a fraction and a word are refused', () => {
  assert.equal(wholeNumber('identities', undefined, 200, 2), 200);
  assert.equal(wholeNumber('identities', '2', 200, 2), 2);
  for (const text of ['1', '2.5', 'many', '1e99', 'NaN']) {
    assert.throws(() => wholeNumber('identities', text, 200, 2), {
      message: new RegExp(`«${text}».*at least 2`),
    });
  }
});

test('help names every command, and every flag of each', () => {
  const overview = helpText(null);
  for (const command of Object.values(commands)) {
    assert.match(overview, new RegExp(`\\b${command.name}\\b`));
    const text = helpText(command.name);
    for (const name of command.settings) assert.ok(text.includes(`--${settingDefinitions[name].flag}`), name);
    for (const flag of command.flags) assert.ok(text.includes(`--${flag.name}`), flag.name);
  }
  assert.deepEqual(parseCommandLine(['embed', '--help']), { kind: 'help', command: 'embed' });
  assert.deepEqual(parseCommandLine([]), { kind: 'help', command: null });
});
