import { contentsName, type ExportFile, exportMark } from './exportFolder.ts';

export interface Contents {
  readonly files: readonly ExportFile[];
  /** Remarks on what is not as it should be, in sentences. */
  readonly notes: readonly string[];
  /** What the folder could hold, and how it gets there, in sentences. */
  readonly absent: readonly string[];
  readonly title: string;
  /** Of the product that made the report. */
  readonly version: string;
}

/** The list of what is what, and how to read it. */
export function contentsFile({ files, notes, absent, title, version }: Contents): ExportFile {
  const lines = [
    exportMark,
    '',
    `${printable(title)}; made by Attribute Lens ${version}.`,
    ...notes.flatMap((note) => ['', `Note: ${note}`]),
    '',
    ...listed(files),
    ...absent.flatMap((sentence) => ['', sentence]),
    '',
    'Tables: CSV is UTF-8 as RFC 4180 has it, numbers with full precision; an empty cell is a value that is not known.',
    'A text that begins with = + - @, a tab or a line break has an apostrophe in front in CSV, so that no spreadsheet',
    'runs it as a formula; Parquet has the texts as they are. Names with _low and _high are the ends of 95 % intervals.',
    'Distances have no unit: they are of the metric that stands beside them. What each number means:',
    'docs/definitions.md of Attribute Lens.',
    '',
    'Figures: SVG for print, with texts in Helvetica or Arial as they are installed; PNG with 300 dots an inch.',
    '',
    'Exporting into this folder again replaces the folders «tables» and «figures» and the files above; anything else',
    'stays.',
  ];
  return { path: contentsName, about: null, content: () => `${lines.join('\n')}\n` };
}

/** On one line. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** One line for what differs in format alone: `tables/people.csv .parquet`. */
function listed(files: readonly ExportFile[]): string[] {
  const lines: { names: string; readonly about: string }[] = [];
  for (const { path, about } of files) {
    if (about !== null) lines.push({ names: path, about });
    else lines.at(-1)!.names += ` ${path.slice(path.lastIndexOf('.'))}`;
  }
  const width = Math.max(...lines.map(({ names }) => names.length));
  return lines.map(({ names, about }) => `${names.padEnd(width)}  ${printable(about)}`);
}
