import { modalities } from '../../src/domain/attributeColumn.ts';
import type { MacroscaleResult, MacroscaleRow, MicroscaleResult, Report } from '../../src/protocol/report.ts';
import { fileStem } from '../figures/figure.ts';
import { decimalsOfInterval, ksDecimals } from '../format.ts';

/** Tables of this many lines at most stand on one page. */
const longestOnPage = 45;

/**
 * The macroscale and the microscale of each model as booktabs tables, for `\input`; empty where a report has
 * neither. Numbers have as many digits as their intervals support.
 */
export function latexTables(report: Report): string {
  const { macroscale, microscale } = report.results;
  const labels = new Set<string>();
  const tables = [
    ...macroscale.filter(({ rows }) => rows.length > 0).map((result) => macroscaleTable(result, labels)),
    ...firstOfModels(microscale).map((result) => microscaleTable(result, labels)),
  ];
  if (tables.length === 0) return '';
  const isLong = tables.some((table) => table.includes('{longtable}'));
  return [
    `% Made by Attribute Lens ${report.createdBy.version}.`,
    `% Needs \\usepackage{booktabs}${isLong ? ' and \\usepackage{longtable}' : ''}; names beyond Latin letters need XeLaTeX or LuaLaTeX.`,
    '',
    ...tables,
  ].join('\n');
}

/** A text of a file as LaTeX sets it, character by character; letters of any script are kept. */
export function escapeLatex(text: string): string {
  const escaped = text
    // Control characters, line breaks among them, would end a cell or a file.
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\&%$#_{}~^<>|]/g, (character) => replacements[character] ?? character);
  // After the end of a line these would be taken for its arguments.
  return /^[[*]/.test(escaped) ? `{}${escaped}` : escaped;
}

const replacements: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '{': '\\{',
  '}': '\\}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
};

function macroscaleTable(result: MacroscaleResult, labels: Set<string>): string {
  const { model, metric, rows, sampling, inference } = result;
  const hasAdjusted = rows.some(({ pAdjusted }) => pAdjusted !== null);
  const largest = (of: readonly MacroscaleRow[]) => Math.max(...of.map(({ ks }) => ks));
  const lines = [...new Set(rows.map(({ attribute }) => attribute))]
    .map((attribute) => [attribute, rows.filter((row) => row.attribute === attribute)] as const)
    .sort(([, a], [, b]) => largest(b) - largest(a))
    .map(([attribute, of]) => [
      escapeLatex(attribute),
      ...modalities.flatMap((modality) => {
        const row = of.find((one) => one.modality === modality);
        if (!row) return ['--', '', '--'];
        const p = hasAdjusted ? probability(row.pAdjusted, null) : probability(row.pNaive, row.log10PNaive);
        return [...valueAndInterval(row.ks * row.sign, row.ci), p];
      }),
    ]);
  const points =
    sampling.points === 'sample' ? `, at most ${sampling.maxIdentities} identities a modality` : '';
  const p = hasAdjusted
    ? `$p$: ${inference.permutations} permutations, adjusted by Benjamini-Hochberg`
    : '$p$: naive, as if pairs were independent';
  return booktabs({
    columns: ['l', 'r', 'l', 'r', 'r', 'l', 'r'],
    head: [
      'Attribute',
      'KS$^{+}$',
      intervalHead(rows),
      hasAdjusted ? '$p^{+}_{\\mathrm{adj}}$' : '$p^{+}$',
      'KS$^{-}$',
      intervalHead(rows),
      hasAdjusted ? '$p^{-}_{\\mathrm{adj}}$' : '$p^{-}$',
    ],
    lines,
    caption: `KS distance of each attribute in the embedding space of ${escapeLatex(model)} (${metric} distance${points}; positive: the modality clusters, negative: it spreads). ${p}; seed ${sampling.seed}.`,
    label: labelOf(['macroscale', model], metric, labels),
  });
}

function microscaleTable(result: MicroscaleResult, labels: Set<string>): string {
  const { model, metric, neighbours, rows, seed } = result;
  const means = rows.filter(({ identity }) => identity === null);
  const lines = means
    .toSorted((a, b) => (a.energy ?? Infinity) - (b.energy ?? Infinity))
    .map((row) => [
      escapeLatex(row.attribute),
      ...valueAndInterval(row.energy, row.ci),
      ...valueAndInterval(row.stepLength, row.stepLengthCi),
      String(row.nIdentities),
      String(row.nCurves),
    ]);
  return booktabs({
    columns: ['l', 'r', 'l', 'r', 'l', 'r', 'r'],
    head: [
      'Attribute',
      'Energy',
      intervalHead(means),
      'Step length',
      intervalHead(means.map(({ stepLengthCi }) => ({ ci: stepLengthCi }))),
      'Identities',
      'Curves',
    ],
    lines,
    caption: `Invariance energy of each attribute for ${escapeLatex(model)} (${metric} distance, neighbours ${escapeLatex(neighbours)}; 0: all embeddings move alike, 1: without a common direction), seed ${seed}.`,
    label: labelOf(['microscale', model], metric, labels),
  });
}

/** Other rules than a model's first are in the tables beside. */
function firstOfModels(results: readonly MicroscaleResult[]): MicroscaleResult[] {
  const isFirst = ({ model, metric }: MicroscaleResult, i: number) =>
    results.findIndex((one) => one.model === model && one.metric === metric) === i;
  return results.filter(isFirst).filter(({ rows }) => rows.some(({ identity }) => identity === null));
}

interface TableText {
  /** How each column stands. */
  readonly columns: readonly ('l' | 'r')[];
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly caption: string;
  readonly label: string;
}

function booktabs({ caption, label, ...all }: TableText): string {
  // Intervals that nothing has would be an empty column.
  const isFull = (i: number) => all.head[i] !== '' || all.lines.some((cells) => cells[i] !== '');
  const full = (cells: readonly string[]) => cells.filter((_, i) => isFull(i));
  const columns = all.columns.filter((_, i) => isFull(i)).join('');
  const head = full(all.head);
  const lines = all.lines.map(full);
  const row = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  const title = `\\caption{${caption}}\\label{${label}}`;
  if (lines.length > longestOnPage) {
    return `{\\small
\\begin{longtable}{${columns}}
${title} \\\\
\\toprule
${row(head)}
\\midrule
\\endfirsthead
\\toprule
${row(head)}
\\midrule
\\endhead
${lines.map(row).join('\n')}
\\bottomrule
\\end{longtable}}
`;
  }
  return `\\begin{table}
\\centering\\small
${title}
\\begin{tabular}{${columns}}
\\toprule
${row(head)}
\\midrule
${lines.map(row).join('\n')}
\\bottomrule
\\end{tabular}
\\end{table}
`;
}

type Interval = readonly [low: number, high: number];

function intervalHead(rows: readonly { readonly ci: Interval | null }[]): string {
  return rows.some(({ ci }) => ci !== null) ? '95\\%' : '';
}

function valueAndInterval(value: number | null, ci: Interval | null): [value: string, interval: string] {
  const decimals = ci === null ? ksDecimals : decimalsOfInterval(ci);
  return [
    value === null ? '--' : fixed(value, decimals),
    ci === null ? '' : `$[${plain(ci[0], decimals)}, ${plain(ci[1], decimals)}]$`,
  ];
}

function fixed(value: number, decimals: number): string {
  return `$${plain(value, decimals)}$`;
}

/** What rounds to zero has no sign. */
function plain(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text;
}

/** Three decimals down to 0.1, two digits down to 1e-4, below that a power of ten. */
function probability(p: number | null, log10P: number | null): string {
  if (p === null) return '--';
  if (p >= 0.1) return fixed(p, 3);
  if (p >= 1e-4) return fixed(p, 1 - Math.floor(Math.log10(p)));
  const log = log10P ?? Math.log10(p);
  if (!Number.isFinite(log)) return '$<10^{-300}$';
  const [mantissa, exponent] = (10 ** (log - Math.floor(log))).toExponential(1).split('e');
  return `$${mantissa} \\times 10^{${Math.floor(log) + Number(exponent)}}$`;
}

function labelOf(parts: readonly string[], metric: string, taken: Set<string>): string {
  const name = `tab:${fileStem(...parts)}`;
  let label = taken.has(name) ? `${name}-${metric}` : name;
  for (let n = 2; taken.has(label); n++) label = `${name}-${n}`;
  taken.add(label);
  return label;
}
