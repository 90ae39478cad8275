import { AppError } from './appError.ts';

/** Where users write them. */
export const settingKey = 'attributeLens.combinations';

/** An attribute made of others, as written by a user. */
export type Expression =
  | { readonly kind: 'name'; readonly name: string; /** From 1. */ readonly position: number }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression };

/**
 * Reads `Young & !(Male | "emotion: happy vs sad")`: names of attributes with `!` before `&` before `|`, and
 * parentheses. A name that holds blanks, quotes or one of these signs stands in double quotes, a quote in it twice.
 * Throws `settingInvalid` with the expression and the character, from 1, where it breaks.
 */
export function parseCombination(text: string): Expression {
  return new Parser(text).whole();
}

/** The expression in its plainest form: one blank around `&` and `|`, no more parentheses and quotes than needed. */
export function formatCombination(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return formatName(expression.name);
    case 'not':
      return `!${formatPart(expression.of, (kind) => kind === 'and' || kind === 'or')}`;
    case 'and':
      return [expression.left, expression.right]
        .map((part) => formatPart(part, (kind) => kind === 'or'))
        .join(' & ');
    case 'or':
      return `${formatCombination(expression.left)} | ${formatCombination(expression.right)}`;
  }
}

/** As it has to be written in an expression. */
export function formatName(name: string): string {
  return /^[^\s&|!()"]+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** All names in an expression, in order, repeated ones too. */
export function namesIn(expression: Expression): Extract<Expression, { kind: 'name' }>[] {
  switch (expression.kind) {
    case 'name':
      return [expression];
    case 'not':
      return namesIn(expression.of);
    case 'and':
    case 'or':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
  }
}

function formatPart(part: Expression, needsParentheses: (kind: Expression['kind']) => boolean): string {
  const text = formatCombination(part);
  return needsParentheses(part.kind) ? `(${text})` : text;
}

/** Deeper ones are no expression that a person wrote, and would exhaust the stack. */
const deepest = 100;

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#next() !== '') throw this.#broken('«&» or «|» is expected');
    return expression;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#skip('|')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#one();
    while (this.#skip('&')) left = { kind: 'and', left, right: this.#one() };
    return left;
  }

  #one(): Expression {
    if (this.#depth === deepest) throw this.#broken(`more than ${deepest} parts lie in each other`);
    this.#depth++;
    const expression = this.#part();
    this.#depth--;
    return expression;
  }

  #part(): Expression {
    if (this.#skip('!')) return { kind: 'not', of: this.#one() };
    if (!this.#skip('(')) return this.#name();
    const inner = this.#or();
    if (!this.#skip(')')) throw this.#broken('«)» is expected');
    return inner;
  }

  #name(): Expression {
    const quoted = this.#next() === '"';
    const position = this.#at + 1;
    const pattern = quoted ? /"((?:[^"]|"")+)"/y : /([^\s&|!()"]+)/y;
    pattern.lastIndex = this.#at;
    const name = pattern.exec(this.#text)?.[1];
    if (name === undefined) {
      throw this.#broken(quoted ? 'a name in quotes has no end' : 'the name of an attribute is expected');
    }
    this.#at = pattern.lastIndex;
    return { kind: 'name', name: quoted ? name.replaceAll('""', '"') : name, position };
  }

  /** The sign at hand after blanks, '' at the end. */
  #next(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  #skip(sign: string): boolean {
    if (this.#next() !== sign) return false;
    this.#at++;
    return true;
  }

  #broken(why: string): AppError {
    const sign = this.#next();
    const position = this.#at + 1;
    const found = sign === '' ? 'it ends' : `«${sign}» stands`;
    return new AppError(
      'settingInvalid',
      `The setting ${settingKey} holds «${this.#text}», which breaks at character ${position}: ${why}, but ${found} there. Combine names of attributes by &, |, ! and parentheses; names with blanks or signs stand in double quotes.`,
      { key: settingKey, value: this.#text, position },
    );
  }
}
