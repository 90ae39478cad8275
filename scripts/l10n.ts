/** The texts that people read, gathered from the calls that name them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** Where texts stand: the page calls `t` and `phrase`, the extension `vscode.l10n.t` or a `Translate` it was given. */
const sources = [
  { folder: 'webview-ui', functions: ['t', 'phrase'] },
  { folder: 'src/extension', functions: ['t', '#t', 'translate'] },
] as const;

export interface GatheredTexts {
  /** Of the report page and the previews. */
  readonly page: readonly string[];
  readonly extension: readonly string[];
}

/** English texts, sorted, each once. Throws where a call's text is not a literal, naming the place. */
export async function gatherTexts(): Promise<GatheredTexts> {
  const [page, extension] = await Promise.all(
    sources.map(async ({ folder, functions }) => {
      const files = (await readdir(folder, { recursive: true }))
        .filter((name) => name.endsWith('.ts'))
        .sort();
      const texts = new Set<string>();
      for (const name of files) {
        const path = join(folder, name);
        for (const text of textsOf(path, await readFile(path, 'utf8'), functions)) texts.add(text);
      }
      return [...texts].sort();
    }),
  );
  return { page: page!, extension: extension! };
}

/** Texts of one source file, in its order. */
export function textsOf(path: string, source: string, functions: readonly string[]): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && functions.includes(nameOf(node.expression))) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) found.push(first.text);
      else {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        throw new Error(`${path}:${line + 1}: the text to translate is not a literal.`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** `l10n/bundle.l10n.<language>.json`. */
export async function readBundle(language: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(`l10n/bundle.l10n.${language}.json`, 'utf8');
  return JSON.parse(text) as Record<string, string>;
}

/** Languages that there is a bundle for. */
export async function bundledLanguages(): Promise<string[]> {
  const files = await readdir('l10n');
  return files.flatMap((name) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(name)?.[1] ?? []).sort();
}

/** A script for the page's `<head>`, which the page's policy lets through by its nonce. */
export function languageScript(bundle: Readonly<Record<string, string>>, texts: readonly string[]): string {
  const own = Object.fromEntries(
    texts.flatMap((text) => (Object.hasOwn(bundle, text) ? [[text, bundle[text]!]] : [])),
  );
  return `globalThis.attributeLensBundle=${JSON.stringify(own)};\n`;
}

/** What is wrong with a translation: a sentence for each text that lacks one, is not used, or has other placeholders. */
export function bundleProblems(bundle: Readonly<Record<string, string>>, texts: readonly string[]): string[] {
  const known = new Set(texts);
  return [
    ...texts.filter((text) => !Object.hasOwn(bundle, text)).map((text) => `not translated: ${text}`),
    ...Object.keys(bundle)
      .filter((text) => !known.has(text))
      .map((text) => `used nowhere: ${text}`),
    ...Object.entries(bundle)
      .filter(([text, translation]) => placeholders(text) !== placeholders(translation))
      .map(([text]) => `other placeholders: ${text}`),
  ];
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join();
}

if (import.meta.main) {
  const { page, extension } = await gatherTexts();
  const texts = [...new Set([...page, ...extension])].sort();
  for (const language of await bundledLanguages()) {
    const problems = bundleProblems(await readBundle(language), texts);
    console.log(`${language}: ${texts.length} texts, ${problems.length} problems`);
    for (const problem of problems) console.log(`  ${problem}`);
  }
}
