import { AppError } from '../domain/appError.ts';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import {
  type Expression,
  formatCombination,
  formatName,
  namesIn,
  parseCombination,
  settingKey,
} from '../domain/combinationExpression.ts';
import { nearNames } from './nearNames.ts';

/**
 * The attributes that expressions over `attributes` describe, see `parseCombination`, each named by its expression.
 * By three-valued logic (Kleene 1952): an unknown part leaves a combination unknown where its value would matter,
 * so that unknown & false is false. An expression given twice is made once, which goes to `log`.
 * Throws `settingInvalid`: an expression that cannot be read, or a name that no attribute has.
 */
export function combineAttributes(
  expressions: readonly string[],
  attributes: readonly AttributeColumn[],
  log: DiagnosticLog,
): AttributeColumn[] {
  checkCombinations(
    expressions,
    attributes.map(({ name }) => name),
  );
  const valuesOf = new Map(attributes.map(({ name, values }) => [name, values]));
  const taken = new Set(valuesOf.keys());
  return expressions.flatMap((text): AttributeColumn[] => {
    const parsed = parseCombination(text);
    const expression = formatCombination(parsed);
    if (taken.has(expression)) {
      log.add('attributeIgnored', `${expression}: another attribute has this name`);
      return [];
    }
    taken.add(expression);
    const values = evaluate(parsed, valuesOf);
    return [{ name: expression, values, rule: { kind: 'combination', expression } }];
  });
}

/**
 * Throws what `combineAttributes` would, before the attributes have values.
 * @param mayExist names that are not among `names` and may be later.
 */
export function checkCombinations(
  expressions: readonly string[],
  names: readonly string[],
  mayExist: (name: string) => boolean = () => false,
): void {
  const known = new Set(names);
  for (const text of expressions) {
    for (const { name, position } of namesIn(parseCombination(text))) {
      if (!known.has(name) && !mayExist(name)) throw unknownName(text, name, position, names);
    }
  }
}

function unknownName(text: string, name: string, position: number, names: readonly string[]): AppError {
  const near = nearNames(name, names).map(formatName);
  return new AppError(
    'settingInvalid',
    `The setting ${settingKey} holds «${text}», but the data set has no attribute «${name}» (character ${position}). ${adviceOf(near, names)}`,
    { key: settingKey, value: text, position, name, near: near.join(', ') },
  );
}

const mostListed = 20;

function adviceOf(near: readonly string[], names: readonly string[]): string {
  if (near.length > 0) return `Is it ${near.join(' or ')}?`;
  if (names.length === 0) return 'It has no attributes at all.';
  const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : '';
  return `It has ${names.slice(0, mostListed).map(formatName).join(', ')}${more}.`;
}

function evaluate(expression: Expression, valuesOf: ReadonlyMap<string, Int8Array>): Int8Array {
  switch (expression.kind) {
    case 'name':
      // A copy, since what is computed from it changes it.
      return valuesOf.get(expression.name)!.slice();
    case 'not': {
      const values = evaluate(expression.of, valuesOf);
      for (let row = 0; row < values.length; row++) values[row] = -values[row]!;
      return values;
    }
    case 'and':
    case 'or': {
      const left = evaluate(expression.left, valuesOf);
      const right = evaluate(expression.right, valuesOf);
      const pick = expression.kind === 'and' ? Math.min : Math.max;
      for (let row = 0; row < left.length; row++) left[row] = pick(left[row]!, right[row]!);
      return left;
    }
  }
}
