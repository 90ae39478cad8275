import { comparisonTables } from '../../../webview-ui/export/comparisonTables.ts';
import { tableAsCsv } from '../../../webview-ui/export/csvText.ts';
import { latexTables } from '../../../webview-ui/export/latex.ts';
import { methodsSentence } from '../../../webview-ui/export/methods.ts';
import { paperBibtex } from '../../../webview-ui/export/paper.ts';
import type { Table } from '../../../webview-ui/export/table.ts';
import { reportTables } from '../../../webview-ui/export/tables.ts';
import {
  comparisonFigures,
  type ReportFigure,
  reportFigures,
} from '../../../webview-ui/figures/reportFigures.ts';
import { drawsText, printSvgAsPng } from '../../models/decoder.ts';
import type { ReportFile } from '../../protocol/readComparison.ts';
import type { Report } from '../../protocol/report.ts';
import { contentsFile, printable } from './contentsFile.ts';
import type { ExportFile } from './exportFolder.ts';
import { tableAsParquet } from './parquet.ts';
import type { ProjectionBeside } from './projectionBeside.ts';
import { type PageParts, standalonePage } from './standalonePage.ts';

export interface ExportSource {
  readonly content: ReportFile;
  /** The file as it is, and its name. */
  readonly text: string;
  readonly fileName: string;
  readonly page: PageParts;
  /** The report's. */
  readonly projection: ProjectionBeside;
}

export interface ExportPlan {
  readonly files: readonly ExportFile[];
  /** Remarks on what is not as it should be, in sentences. */
  readonly notes: readonly string[];
}

/** Everything that an export of a report, or of a comparison of two, is made of, the list of contents last. */
export async function exportFiles(source: ExportSource): Promise<ExportPlan> {
  const { content } = source;
  const title = titleOf(content);
  const { files, notes } =
    content.kind === 'report'
      ? await reportFiles(content.report, source.projection)
      : await tablesAndFigures(comparisonTables(content.comparison), comparisonFigures(content.comparison));
  const all = [...commonFiles(source, title), ...files];
  const { version } = (content.kind === 'report' ? content.report : content.comparison).createdBy;
  const absent = source.projection.kind === 'none' ? [noProjection] : [];
  return { files: [...all, contentsFile({ files: all, notes, absent, title, version })], notes };
}

function commonFiles(
  { content, text, fileName, page, projection }: ExportSource,
  title: string,
): ExportFile[] {
  const hasMap = projection.kind === 'found';
  const message =
    content.kind === 'report'
      ? ({ type: 'report', report: content.report, fileName } as const)
      : ({ type: 'comparison', comparison: content.comparison, fileName } as const);
  return [
    {
      path: 'report.html',
      about: `the report as a page for any browser; it needs nothing else and fetches nothing${hasMap ? '; without its projection' : ''}`,
      content: () => standalonePage(message, title, page),
    },
    {
      path: 'report.attrlens.json',
      about: `a copy of ${printable(fileName)}, for Attribute Lens`,
      content: () => text,
    },
    { path: 'paper.bib', about: 'the paper whose methods these are', content: () => paperBibtex },
  ];
}

const noProjection =
  'No projection is here, since none was computed for this report: do that in the page’s section Projection, or with ' +
  '«attribute-lens project», and export again.';

async function reportFiles(report: Report, beside: ProjectionBeside): Promise<ExportPlan> {
  const latex = latexTables(report);
  const texts: ExportFile[] = [
    {
      path: 'methods.txt',
      about: 'how the numbers were made, as a paragraph for a paper',
      content: () => `${methodsSentence(report)}\n`,
    },
    ...(latex === ''
      ? []
      : [{ path: 'table.tex', about: 'the main tables for LaTeX (booktabs)', content: () => latex }]),
  ];
  const projection = beside.kind === 'found' ? beside.projection : null;
  const { files, notes } = await tablesAndFigures(
    reportTables(report, projection),
    reportFigures(report, projection),
  );
  const unfit = beside.kind === 'unfit' ? [`The projection is left out: ${printable(beside.why)}`] : [];
  return { files: [...texts, ...files], notes: [...notes, ...unfit] };
}

async function tablesAndFigures(
  tables: readonly Table[],
  figures: readonly ReportFigure[],
): Promise<ExportPlan> {
  const lacksText = figures.length > 0 && !(await drawsText());
  return {
    files: [...tables.flatMap(tableFiles), ...figures.flatMap(figureFiles)],
    notes: lacksText ? [noFonts] : [],
  };
}

const noFonts =
  'The PNG figures lack their text: no fonts are installed where they were drawn. The SVG figures are whole; or ' +
  'install a sans-serif font (fonts-liberation on Debian) and export again.';

function tableFiles(table: Table): ExportFile[] {
  const nRows = table.rows.length;
  const about = `${nRows} ${nRows === 1 ? 'row' : 'rows'}, ${table.columns.length} columns`;
  return [
    { path: `tables/${table.name}.csv`, about, content: () => tableAsCsv(table) },
    { path: `tables/${table.name}.parquet`, about: null, content: () => tableAsParquet(table) },
  ];
}

function figureFiles({ name, title, svg }: ReportFigure): ExportFile[] {
  return [
    { path: `figures/${name}.svg`, about: title, content: svg },
    { path: `figures/${name}.png`, about: null, content: () => printSvgAsPng(svg(), dotsPerInch) },
  ];
}

/** Of the PNG files. */
const dotsPerInch = 300;

function titleOf(content: ReportFile): string {
  if (content.kind === 'comparison') {
    const [before, after] = content.comparison.sides;
    return `${before.file} and ${after.file}`;
  }
  const { dataset, models } = content.report.inputs;
  return [...models.map(({ name }) => name).slice(0, 3), dataset.name].join(' · ');
}
