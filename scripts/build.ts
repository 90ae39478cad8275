/** Bundles the programs of the product into dist/, or `--outdir`. `--watch` keeps at it; `--production` minifies. */
import { context, type BuildOptions, type Plugin } from 'esbuild';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundledLanguages, gatherTexts, languageScript, readBundle } from './l10n.ts';

const { values } = parseArgs({
  options: {
    watch: { type: 'boolean' },
    production: { type: 'boolean' },
    outdir: { type: 'string', default: 'dist' },
    /** Where to write the names of the files that went into the bundles, one a line. */
    inputs: { type: 'string' },
  },
});
const dist = values.outdir;

const common = {
  bundle: true,
  sourcemap: values.production !== true,
  minify: values.production === true,
  logLevel: 'warning',
  legalComments: 'none',
  metafile: values.inputs !== undefined,
} as const satisfies BuildOptions;

/** Node 20 is the oldest that runs the extension host, the engine and the command line. */
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's CommonJS form hides its imports from a bundler.
  mainFields: ['module', 'main'],
  outdir: dist,
  outExtension: { '.js': '.cjs' },
} as const satisfies BuildOptions;

/** Keeps what activation does without out of its bundle: V8 reads all of a file before it runs any of it. */
const onUse: Plugin = {
  name: 'onUse',
  setup: (build) =>
    build.onResolve({ filter: /\/onUse\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './onUse.cjs', external: true } : undefined,
    ),
};

const builds: readonly BuildOptions[] = [
  {
    ...node,
    entryPoints: { extension: 'src/extension/activate.ts', onUse: 'src/extension/onUse.ts' },
    external: ['vscode'],
    plugins: [onUse],
  },
  {
    ...node,
    entryPoints: {
      engine: 'src/engine/main.ts',
      cli: 'src/cli/main.ts',
      cropWorker: 'src/engine/workers/cropWorker.ts',
      inferenceWorker: 'src/engine/workers/inferenceWorker.ts',
      scanWorker: 'src/engine/workers/scanWorker.ts',
    },
    // What a bundle in CommonJS knows its own folder by.
    define: { 'import.meta.dirname': '__dirname' },
    // Native modules cannot be bundled; they are loaded from node_modules beside dist/.
    external: ['onnxruntime-node', 'sharp', '@img/sharp-wasm32'],
  },
  {
    ...common,
    entryPoints: {
      report: 'webview-ui/main.ts',
      preview: 'webview-ui/preview.ts',
      lattice: 'webview-ui/lattice.ts',
      standalone: 'webview-ui/standalone.ts',
    },
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    outdir: join(dist, 'webview'),
  },
];

await rm(dist, { recursive: true, force: true });
await writeLanguages(join(dist, 'webview'));
const contexts = await Promise.all(builds.map((options) => context(options)));
if (values.watch === true) {
  await Promise.all(contexts.map((one) => one.watch()));
} else {
  const results = await Promise.all(contexts.map((one) => one.rebuild()));
  await Promise.all(contexts.map((one) => one.dispose()));
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  if (values.inputs !== undefined) await writeFile(values.inputs, [...new Set(inputs)].sort().join('\n'));
}

async function writeLanguages(folder: string): Promise<void> {
  const { page } = await gatherTexts();
  await mkdir(folder, { recursive: true });
  for (const language of await bundledLanguages()) {
    await writeFile(`${folder}/l10n.${language}.js`, languageScript(await readBundle(language), page));
  }
}
