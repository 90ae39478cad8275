import { build } from 'esbuild';
import { basename } from 'node:path';
import type { PageParts } from '../../src/engine/export/standalonePage.ts';

/** What an exported page is made of, bundled as the build does it. */
export async function bundlePageParts(): Promise<PageParts> {
  const { outputFiles } = await build({
    entryPoints: { report: 'webview-ui/main.ts', standalone: 'webview-ui/standalone.ts' },
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    outdir: 'dist/webview',
    legalComments: 'none',
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  return {
    reportScript: texts.get('report.js')!,
    reportStyle: texts.get('report.css')!,
    standaloneScript: texts.get('standalone.js')!,
    standaloneStyle: texts.get('standalone.css')!,
  };
}
