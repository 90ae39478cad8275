import { AppError } from '../domain/appError.ts';

/** Which base points the vector at a base point is compared with. */
export type NeighbourRule =
  /** The k nearest others, all alike. */
  | { readonly kind: 'knn'; readonly k: number }
  /** All others within ε times the mean distance of all pairs. */
  | { readonly kind: 'ball'; readonly epsilon: number }
  /** All others, weighted by 1/distance. */
  | { readonly kind: 'inverse' }
  | { readonly kind: 'all' };

/** From `knn:10`, `ball:0.5`, `inverse`, `all`. Throws `settingInvalid` for anything else. */
export function parseNeighbourRule(text: string): NeighbourRule {
  const [kind, value] = text.split(':');
  const number = Number(value);
  if (kind === 'knn' && Number.isInteger(number) && number >= 1) return { kind, k: number };
  if (kind === 'ball' && number > 0 && number < Infinity) return { kind, epsilon: number };
  if ((kind === 'inverse' || kind === 'all') && value === undefined) return { kind };
  throw new AppError(
    'settingInvalid',
    `«${text}» is no rule for neighbours. Write knn:10, ball:0.5, inverse or all.`,
    { value: text },
  );
}
