import { posix } from 'node:path';
import ts from 'typescript';

/** Who may import whom: layers of `src/` by folder name, packages by name, `node` for Node's own modules. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/numerics': ['src/numerics'],
  'src/domain': ['src/domain', 'src/numerics'],
  'src/protocol': ['src/protocol', 'src/domain', 'zod', 'vscode-jsonrpc'],
  'src/datasets': [
    'src/datasets',
    'src/domain',
    'src/numerics',
    'node',
    'papaparse',
    'hyparquet',
    'hyparquet-compressors',
  ],
  'src/models': ['src/models', 'src/domain', 'src/numerics', 'node'],
  'src/embedding': ['src/embedding', 'src/models', 'src/datasets', 'src/domain', 'src/numerics', 'node'],
  'src/analyses': ['src/analyses', 'src/domain', 'src/numerics'],
  'src/engine': ['*'],
  'src/cli': ['*'],
  'src/extension': [
    'src/extension',
    'src/domain',
    'src/protocol',
    'vscode',
    'node',
    'vscode-jsonrpc',
    'zod',
    'jsonc-parser',
  ],
  'webview-ui': [
    'webview-ui',
    'src/domain',
    'src/protocol',
    'src/numerics',
    'zod',
    'chart.js',
    '@sgratzl/chartjs-chart-boxplot',
    '@vscode-elements/elements',
  ],
};

/** Packages that exactly one file may import. */
const soleImporter: Readonly<Record<string, string>> = {
  sharp: 'src/models/decoder.ts',
  'onnxruntime-node': 'src/models/onnxRuntime.ts',
};

/** What no layer but the named one may import, even where everything else is allowed. */
const onlyIn: Readonly<Record<string, string>> = { vscode: 'src/extension' };

/**
 * What of the page the engine may use: drawings, tables, and what a page of its own holds. They know no DOM, which the compiler sees to, since `src/`
 * is compiled without it.
 */
const drawnInNode = {
  layer: 'src/engine',
  paths: /^webview-ui\/(figures\/|export\/|csv|standaloneContent\.)/,
} as const;

/** One sentence for each import that breaks a rule; `sources` maps repository paths to their text. */
export function importViolations(sources: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [importer, text] of sources) {
    const layer = layerOf(importer);
    if (layer === undefined) {
      found.push(`${importer} lies in no known layer`);
      continue;
    }
    for (const specifier of importsOf(text)) {
      const target = targetOf(importer, specifier);
      const sole = soleImporter[target];
      const home = onlyIn[target];
      if (sole !== undefined) {
        if (sole !== importer) found.push(`${importer} imports ${target}, which only ${sole} may`);
      } else if (home !== undefined && layer !== home) {
        found.push(`${importer} imports ${target}, which only ${home} may`);
      } else if (target === 'webview-ui' && layer !== target) {
        const path = posix.join(posix.dirname(importer), specifier);
        if (layer !== drawnInNode.layer || !drawnInNode.paths.test(path)) {
          found.push(
            `${importer} imports ${path}: of the page only drawings and tables, and only by the engine`,
          );
        }
      } else if (!allowed[layer]!.includes('*') && !allowed[layer]!.includes(target)) {
        found.push(`${importer} imports ${specifier}: ${layer} may not import ${target}`);
      }
    }
  }
  return found;
}

/** Static, dynamic, type-only and re-exporting imports, and `require` and `import.meta.resolve` of a literal. */
function importsOf(text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const literal = /\b(?:require|resolve)\(\s*['"]([^'"]+)['"]\s*\)/g;
  const found = importedFiles.map(({ fileName }) => fileName);
  for (const match of text.matchAll(literal)) found.push(match[1]!);
  return [...new Set(found)];
}

function layerOf(path: string): string | undefined {
  return Object.keys(allowed).find((layer) => path.startsWith(`${layer}/`));
}

function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    const resolved = posix.join(posix.dirname(path), specifier);
    return layerOf(resolved) ?? resolved;
  }
  if (specifier.startsWith('node:')) return 'node';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}
