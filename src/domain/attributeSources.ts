import type { AttributeRule } from './attributeColumn.ts';
import { namesIn, parseCombination } from './combinationExpression.ts';

interface RuledAttribute {
  readonly name: string;
  readonly rule: AttributeRule;
}

/**
 * Tells whether two of the attributes, by name, say the same thing in part, so that their association is a matter
 * of course: values of one column, or a combination and what it is made of. Names of others share nothing.
 */
export function sharedSources(attributes: readonly RuledAttribute[]): (a: string, b: string) => boolean {
  const ruleOf = new Map(attributes.map(({ name, rule }) => [name, rule]));
  const sourcesOf = new Map(attributes.map(({ name }) => [name, new Set(sources(name, ruleOf))]));
  return (a, b) => {
    const others = sourcesOf.get(b);
    return others !== undefined && [...(sourcesOf.get(a) ?? [])].some((source) => others.has(source));
  };
}

/** Columns that an attribute is made of; a lone attribute is its own. */
function sources(name: string, ruleOf: ReadonlyMap<string, AttributeRule>): string[] {
  const rule = ruleOf.get(name);
  switch (rule?.kind) {
    case undefined:
    case 'binary':
      return [name];
    case 'combination':
      // Combinations are made of attributes that are none: this ends.
      return namesIn(parseCombination(rule.expression)).flatMap((part) =>
        part.name === name ? [name] : sources(part.name, ruleOf),
      );
    case 'oneVsRest':
    case 'pairwise':
    case 'medianSplit':
    case 'threshold':
    case 'circularSplit':
      return [rule.column];
  }
}
