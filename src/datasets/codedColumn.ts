/**
 * A column of text in which each distinct value is held once. A row costs one byte up to 256 values, else
 * four: 3 million rows of 47 attributes of MAAD-Face take 150 MB, and CelebA's 8.
 */
export interface CodedColumn {
  /** Index into `values` for each row. */
  readonly codes: Codes;
  /** Trimmed, in order of first appearance. */
  readonly values: readonly string[];
}

export type Codes = Uint8Array | Int32Array;

export function codeCells(cells: readonly string[]): CodedColumn {
  const builder = new CodedColumnBuilder();
  for (const cell of cells) builder.add(cell);
  return builder.build();
}

/** The first code that a byte does not hold. */
const firstWideCode = 256;

export class CodedColumnBuilder {
  #codes: Codes = new Uint8Array(1024);
  #length = 0;
  readonly #values: string[] = [];
  readonly #numbers = new Map<string, number>();

  add(cell: string): void {
    const value = cell.trim();
    let code = this.#numbers.get(value);
    if (code === undefined) {
      code = this.#values.length;
      // A slice of a chunk of the file keeps the whole chunk alive; a copy does not.
      const copy = Buffer.from(value, 'utf8').toString('utf8');
      this.#numbers.set(copy, code);
      this.#values.push(copy);
    }
    if (this.#length === this.#codes.length) this.#widen(this.#length * 2, this.#codes instanceof Int32Array);
    if (code === firstWideCode && !(this.#codes instanceof Int32Array)) this.#widen(this.#codes.length, true);
    this.#codes[this.#length++] = code;
  }

  #widen(length: number, isWide: boolean): void {
    const wider = isWide ? new Int32Array(length) : new Uint8Array(length);
    wider.set(this.#codes.subarray(0, this.#length));
    this.#codes = wider;
  }

  build(): CodedColumn {
    return { codes: this.#codes.subarray(0, this.#length), values: this.#values };
  }
}

export function cellAt(column: CodedColumn, row: number): string {
  return column.values[column.codes[row]!]!;
}
