/**
 * One binary attribute of every image of a data set. Its two values are the *modalities* of the paper:
 * +1 positive (the attribute is present), −1 negative, 0 unknown.
 */
export interface AttributeColumn {
  readonly name: string;
  /** One of −1, 0, 1 for each row of the data set. */
  readonly values: Int8Array;
  readonly rule: AttributeRule;
}

/** How values came to be −1, 0 or 1; recorded in the report. */
export type AttributeRule =
  | { readonly kind: 'binary' }
  | { readonly kind: 'oneVsRest'; readonly column: string; readonly value: string }
  | { readonly kind: 'medianSplit'; readonly column: string; readonly median: number }
  /** A score with a zero of its own: positive above the threshold, negative at or below it. */
  | { readonly kind: 'threshold'; readonly column: string; readonly threshold: number }
  /**
   * Circular values (hue, degrees): positive within 90° of `centre`, which is a quarter turn past the
   * circular median, so that the median itself parts the two halves.
   */
  | { readonly kind: 'circularSplit'; readonly column: string; readonly centre: number }
  /** One value of a column against another one; images of further values take no part. */
  | {
      readonly kind: 'pairwise';
      readonly column: string;
      readonly positive: string;
      readonly negative: string;
    }
  /** A user's combination of other attributes, such as `Male & Eyeglasses`. */
  | { readonly kind: 'combination'; readonly expression: string };

export type Modality = 'positive' | 'negative';

export const modalities = ['positive', 'negative'] as const satisfies readonly Modality[];

export function modalitySign(modality: Modality): 1 | -1 {
  return modality === 'positive' ? 1 : -1;
}

export function describeRule(rule: AttributeRule): string {
  switch (rule.kind) {
    case 'binary':
      return 'as annotated';
    case 'oneVsRest':
      return `${rule.column} is «${rule.value}», against the rest`;
    case 'medianSplit':
      return `${rule.column} above its median ${rule.median}`;
    case 'threshold':
      return `${rule.column} above ${rule.threshold}`;
    case 'circularSplit':
      return `${rule.column} within 90° of ${rule.centre}°`;
    case 'pairwise':
      return `${rule.column} is «${rule.positive}», against «${rule.negative}»`;
    case 'combination':
      return `where ${rule.expression}`;
  }
}
