const newline = 10;
const space = 32;
const minus = 45;
const plus = 43;
const zero = 48;
const one = 49;

export const invalidSign = 2;

/**
 * Walks over lines of blank-separated tokens in UTF-8 bytes without making an object for each. Blanks are
 * spaces, tabs and other control characters, so that the carriage return of CRLF is one as well.
 */
export class LineReader {
  readonly #bytes: Buffer;
  #nextLine: number;
  #end = 0;
  #tokenStart = 0;
  #tokenEnd = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.#nextLine = hasByteOrderMark ? 3 : 0;
  }

  /** Goes to the next line; false at the end. */
  next(): boolean {
    const start = this.#nextLine;
    if (start >= this.#bytes.length) return false;
    const at = this.#bytes.indexOf(newline, start);
    this.#end = at < 0 ? this.#bytes.length : at;
    this.#nextLine = this.#end + 1;
    this.#tokenEnd = start;
    return true;
  }

  /** Goes to the next token of the line; false at its end. */
  token(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = this.#tokenEnd;
    while (at < end && bytes[at]! <= space) at++;
    if (at >= end) return false;
    this.#tokenStart = at;
    while (at < end && bytes[at]! > space) at++;
    this.#tokenEnd = at;
    return true;
  }

  /** The current token. */
  text(): string {
    return this.#bytes.toString('utf8', this.#tokenStart, this.#tokenEnd);
  }

  /** The current token as −1, 0 or 1, else `invalidSign`. */
  sign(): number {
    const bytes = this.#bytes;
    const first = bytes[this.#tokenStart]!;
    const length = this.#tokenEnd - this.#tokenStart;
    if (length === 1) return first === one ? 1 : first === zero ? 0 : invalidSign;
    if (length !== 2 || bytes[this.#tokenStart + 1] !== one) return invalidSign;
    return first === minus ? -1 : first === plus ? 1 : invalidSign;
  }

  /** Lines after the current one, at most: an upper bound for the rows to come. */
  linesLeft(): number {
    let count = 1;
    let at = this.#bytes.indexOf(newline, this.#nextLine);
    while (at >= 0) {
      count++;
      at = this.#bytes.indexOf(newline, at + 1);
    }
    return count;
  }
}
