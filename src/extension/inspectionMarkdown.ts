import { describeModelInput } from '../domain/preprocessing.ts';
import type { ModelInspection, TensorDescription } from '../protocol/jobs.ts';
import type { Translate } from './jobProgress.ts';

/** What an inspection found, as Markdown in which nothing of the model's own text means anything. */
export function inspectionMarkdown(inspection: ModelInspection, t: Translate, locale: string): string {
  const write = writer(t, locale);
  return [
    `# ${inert(inspection.name)}`,
    selfTestVerdict(inspection, write),
    `**${t('Licence')}:** ${inert(inspection.licenceNote ?? t('nothing is known about that of these weights.'))}`,
    ...section(t('What it is'), facts(inspection, write)),
    ...section(t('Self-test'), selfTest(inspection, write)),
    ...section(t('Speed'), speed(inspection, write)),
    ...section(t('Inputs and outputs'), tensors(inspection, write)),
    ...section(t('Operators'), operators(inspection, write)),
    ...(inspection.notes.length === 0 ? [] : section(t('Notes'), list(inspection.notes))),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

/** Every character that Markdown, HTML or a plug-in of the preview could take for more than itself is escaped. */
export function inert(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

interface Writer {
  readonly t: Translate;
  readonly count: (value: number) => string;
  /** Four digits that count. */
  readonly measure: (value: number | null) => string;
  readonly cosine: (value: number) => string;
}

function writer(t: Translate, locale: string): Writer {
  const count = new Intl.NumberFormat(locale);
  const measure = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const cosine = new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 7 });
  return {
    t,
    count: (value) => count.format(value),
    measure: (value) => (value === null ? '–' : measure.format(value)),
    cosine: (value) => cosine.format(value),
  };
}

function selfTestVerdict({ selfTest: { passed, problems, nFaces } }: ModelInspection, { t, count }: Writer) {
  if (passed) return inert(t('The self-test on {0} drawn faces passed.', count(nFaces)));
  return `> **${inert(t('The self-test failed.'))}**\n>\n${list(problems).replace(/^/gm, '> ')}`;
}

function facts(inspection: ModelInspection, { t, count, measure }: Writer): string {
  const { profile, opset, producer, nParameters, nBytes, sha256 } = inspection;
  const width = profile.dim === null ? t('width not declared') : t('{0} wide', count(profile.dim));
  const rows: [string, string][] = [
    [t('Family'), profile.family],
    [t('Why'), profile.why],
    [t('Each image is'), describeModelInput(profile)],
    [t('Distance'), profile.metric],
    [t('Embedding'), `${profile.embeddingOutput}, ${width}`],
    ...(profile.normOutput === null ? [] : ([[t('Norm'), profile.normOutput]] as [string, string][])),
    [t('Batch'), batch(inspection, t, count)],
    [t('Parameters'), count(nParameters)],
    [t('Size'), `${measure(nBytes / 1e6)} MB`],
    [t('Operator set'), opset === null ? '–' : String(opset)],
    [t('Made by'), producer === '' ? '–' : producer],
    ['SHA-256', sha256],
  ];
  return table(['', ''], rows);
}

function batch({ profile }: ModelInspection, t: Translate, count: Writer['count']): string {
  if (profile.quantised) return t('1, because rows of a batch would depend on each other');
  return profile.fixedBatch === null
    ? t('any size')
    : t('always {0}, fixed in the graph', count(profile.fixedBatch));
}

function selfTest({ selfTest: test, profile }: ModelInspection, { t, count, measure }: Writer): string {
  const norm =
    test.norm === null
      ? '–'
      : t('{0} to {1}, mean {2}', ...[test.norm.min, test.norm.max, test.norm.mean].map(measure));
  return table(
    ['', ''],
    [
      [t('Faces'), count(test.nFaces)],
      [t('Width of the embedding'), count(test.dim)],
      [t('Embeddings with NaN or infinity'), count(test.nNotFinite)],
      [t('The same vector for every face'), test.isConstant ? t('yes') : t('no')],
      [t('Norms'), norm],
      [t('Mean distance of one person’s images ({0})', profile.metric), measure(test.meanWithin)],
      [t('Mean distance of two people’s images ({0})', profile.metric), measure(test.meanBetween)],
    ],
  );
}

function speed({ speed: measured, refused }: ModelInspection, { t, count, measure, cosine }: Writer): string {
  const rows = measured.map(({ provider, batchSize, imagesPerSecond, agreement }) => [
    provider,
    count(batchSize),
    measure(imagesPerSecond),
    agreement === null ? '–' : cosine(agreement),
  ]);
  const head = [t('Provider'), t('Batch'), t('Images per second'), t('Smallest cosine to the CPU')];
  const why = refused.map(({ provider, reason }) => t('{0} did not run it: {1}', provider, reason));
  return [
    rows.length === 0 ? inert(t('Not measured.')) : table(head, rows, 1),
    ...(why.length === 0 ? [] : [list(why)]),
  ].join('\n\n');
}

function tensors({ inputs, outputs }: ModelInspection, { t }: Writer): string {
  const row = (role: string) => (tensor: TensorDescription) => [
    role,
    tensor.name,
    tensor.elementType,
    tensor.shape.map((size) => (size === '' ? '?' : String(size))).join(' × '),
  ];
  return table(
    ['', t('Name'), t('Type'), t('Shape')],
    [...inputs.map(row(t('input'))), ...outputs.map(row(t('output')))],
  );
}

function operators(inspection: ModelInspection, { t, count }: Writer): string {
  const rows = inspection.operators.map((operator) => [operator.name, count(operator.count)]);
  return table([t('Operator'), t('Times')], rows, 1);
}

function section(title: string, body: string): string[] {
  return [`## ${inert(title)}`, body];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${inert(item)}`).join('\n');
}

/** Columns from `firstNumber` on hold numbers. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  firstNumber = Number.POSITIVE_INFINITY,
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inert).join(' | ')} |`;
  const rule = head.map((_, column) => (column >= firstNumber ? '--:' : '---'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
