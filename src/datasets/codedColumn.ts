/** A column of text in which each distinct value is held once: 202,599 rows cost four bytes each. */
export interface CodedColumn {
  /** Index into `values` for each row. */
  readonly codes: Int32Array;
  /** Trimmed, in order of first appearance. */
  readonly values: readonly string[];
}

export function codeCells(cells: readonly string[]): CodedColumn {
  const builder = new CodedColumnBuilder();
  for (const cell of cells) builder.add(cell);
  return builder.build();
}

export class CodedColumnBuilder {
  #codes = new Int32Array(1024);
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
    if (this.#length === this.#codes.length) {
      const grown = new Int32Array(this.#length * 2);
      grown.set(this.#codes);
      this.#codes = grown;
    }
    this.#codes[this.#length++] = code;
  }

  build(): CodedColumn {
    return { codes: this.#codes.subarray(0, this.#length), values: this.#values };
  }
}

export function cellAt(column: CodedColumn, row: number): string {
  return column.values[column.codes[row]!]!;
}
