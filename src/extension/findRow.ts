import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface FoundRow {
  /** From 0. */
  readonly line: number;
  /** Of the line, without its end. */
  readonly length: number;
}

/**
 * The line of a text file that is about an image, a cell of which is, best first: its whole path; a longer path that
 * ends in it; its name, in a line that names its folder as well; its name; its name with another extension. In
 * `lfw_attributes.txt` persons and numbers are apart: `Ann Lee`, tab, `4` is `Ann_Lee_0004`. The first of the best
 * lines; `null` where there is none. Reads the file once, line by line.
 */
export async function findRow(file: string, image: string): Promise<FoundRow | null> {
  const { mayHold, holds } = ranksOf(image);
  let best: (FoundRow & { readonly rank: number }) | null = null;
  let line = 0;
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 });
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  for await (const text of lines) {
    const limit: number = best?.rank ?? holds.length;
    const rank: number = mayHold(text) ? holds.findIndex((isIn, i) => i < limit && isIn(text)) : -1;
    if (rank >= 0) best = { line, length: text.length, rank };
    if (rank === 0) break;
    line++;
  }
  stream.destroy();
  return best && { line: best.line, length: best.length };
}

interface RowRanks {
  /** Whether a line can hold any of them; most lines cannot. */
  readonly mayHold: (line: string) => boolean;
  /** Best first. */
  readonly holds: readonly ((line: string) => boolean)[];
}

function ranksOf(image: string): RowRanks {
  const path = image.replaceAll('\\', '/');
  const [name, folder] = path.split('/').toReversed() as [string, string | undefined];
  const stem = name.replace(/\.[a-z]{3,4}$/i, '');
  const numbered = /^(.+)_0*(\d+)$/.exec(stem);
  const ofPerson = numbered ? `${numbered[1]!.replaceAll('_', ' ')}\t${numbered[2]!}` : null;
  const isOfPerson = (line: string): boolean =>
    ofPerson !== null && (line === ofPerson || line.startsWith(`${ofPerson}\t`));
  const otherExtension = new RegExp(`(^|[${edges}/])${escaped(stem)}(\\.[a-z]{3,4})?([${edges}]|$)`, 'i');
  return {
    mayHold: (line) => line.includes(stem) || isOfPerson(line),
    holds: [
      (line) => hasCell(line, path, ''),
      (line) => hasCell(line, path, '/'),
      (line) => folder !== undefined && hasCell(line, name, '') && hasCell(line, folder, ''),
      (line) => hasCell(line, name, '/'),
      isOfPerson,
      (line) => otherExtension.test(line.replaceAll('\\', '/')),
    ],
  };
}

/** What a cell may begin behind and end before. */
const edges = ' \t,;|"\'';

/** Whether the text stands in the line between edges; it may also begin behind `more`. */
function hasCell(line: string, text: string, more: '' | '/'): boolean {
  const plain = line.replaceAll('\\', '/');
  const isEdge = (character: string | undefined): boolean =>
    character === undefined || edges.includes(character);
  for (let at = plain.indexOf(text); at >= 0; at = plain.indexOf(text, at + 1)) {
    const before = plain[at - 1];
    if ((isEdge(before) || before === more) && isEdge(plain[at + text.length])) return true;
  }
  return false;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
