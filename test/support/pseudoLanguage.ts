import { gatherTexts } from '../../scripts/l10n.ts';
import type { Report } from '../../src/protocol/report.ts';

/**
 * Every text of the page in a language that does not exist: each key in ⟦ ⟧ but for its placeholders. What is read
 * outside of the brackets did not go through the translations, and has to be data or a symbol.
 */
export async function pseudoBundle(): Promise<Readonly<Record<string, string>>> {
  const { page } = await gatherTexts();
  return Object.fromEntries(
    page.map((text) => [text, `⟦${text.replaceAll(/\{\d+\}/g, '⟧$&⟦')}⟧`.replaceAll('⟦⟧', '')]),
  );
}

/** What is left of texts without what is in brackets, names, symbols and numbers. */
export function untranslated(
  said: readonly string[],
  { inputs, results, times }: Report,
  others: readonly string[] = [],
): string[] {
  const { dataset, models, libraries } = inputs;
  const known = [
    ...symbols,
    ...others,
    'Broken.',
    'No driver.',
    'faces.attrlens.json',
    dataset.name,
    dataset.root,
    dataset.annotationFile ?? '',
    dataset.digest,
    ...models.flatMap(({ name, file, sha256, family, why }) => [name, file ?? '', sha256, family, why]),
    ...dataset.attributes.map(({ name }) => name),
    ...results.microscale.flatMap(({ rows }) => rows.flatMap((row) => [row.attribute, row.identity ?? ''])),
    ...results.fieldDrawings.map(({ identity }) => identity),
    ...results.associations.flatMap(({ a, b }) => [a, b]),
    ...times.phases.map(({ phase }) => phase),
    ...Object.entries(libraries).flat(),
  ].filter((name) => name !== '');
  const words = [...new Set(known)].sort((a, b) => b.length - a.length).map((word) => escape(word));
  const knownWord = new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${words.join('|')})(?![\p{L}\p{N}_])`, 'gu');
  const found = said.flatMap((text) =>
    text
      .split(/⟦[^⟦⟧]*⟧/)
      .map((part) =>
        part
          .replaceAll(/[\u2068\u2069]/g, '')
          .replaceAll(imageName, ' ')
          .replaceAll(knownWord, ' '),
      )
      .filter((part) => /\p{L}/u.test(part))
      .map((part) => part.replaceAll(/\s+/g, ' ').trim()),
  );
  return [...new Set(found)];
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

const imageName = /[\w/]+\.jpg/g;

/** Products, measures, statistics and units as formulas have them: the same in every language. */
const symbols = [
  ...['Attribute Lens', 'CPU', 'CUDA', 'WebGPU', 'SHA-256'],
  ...['KS', 'TAR', 'FAR', 'FMR', 'EER', 'ROC', 'AUC', 'V', 'UMAP', 'PCA'],
  ...['RGB', 'NCHW', 'UTC'],
  ...['φ', 'ρ', 'κ', 'n', 'p', 'x', 'z'],
  ...['px', 's', 'min', 'h'],
];
