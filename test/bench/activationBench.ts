/** What activation costs: loading the built bundle and running `activate`, against starting Node at all. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { median } from '../../src/numerics/quantiles.ts';
import { tellFigure } from './figures.ts';

const bundle = resolve('dist/extension.cjs');
const runs = 15;
const mostMs = 50;

if (!existsSync(bundle)) {
  console.error('activationBench: dist/ is missing; run «npm run build» first.');
  process.exit(1);
}

/** Everything of `vscode` that activation touches answers with something that can be called and read. */
const program = `
  const anything = () => new Proxy(function () {}, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything()),
    apply: () => anything(), construct: () => anything(),
  });
  const names = ['window', 'workspace', 'commands', 'lm', 'l10n', 'env', 'Uri', 'EventEmitter', 'Disposable'];
  const stand = Object.fromEntries(names.map((name) => [name, anything()]));
  const Module = require('node:module');
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? stand : load(name, ...rest));
  const start = process.hrtime.bigint();
  require(${JSON.stringify(bundle)}).activate({ subscriptions: [], asAbsolutePath: (path) => path, extensionUri: {}, globalStorageUri: { fsPath: '/storage' } });
  console.log(Number(process.hrtime.bigint() - start) / 1e6);
  process.exit(0);`;

const times = Array.from({ length: runs }, () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout.trim());
});
const ms = median(Float64Array.from(times));
console.log(
  `activationBench: ${ms.toFixed(1)} ms to load and activate (median of ${runs} processes; at most ${mostMs})`,
);
tellFigure({
  bench: 'activation',
  name: 'load and activate',
  value: ms,
  unit: 'ms',
  bound: { atMost: mostMs },
});
