/**
 * Folds with equal shares of positives and negatives, in row order: scikit-learn's `StratifiedKFold` without
 * shuffling. Rows of value 0 take no part and get fold −1. `null` where a modality has fewer rows than folds.
 */
export function stratifiedFolds(values: Int8Array, nFolds: number): Int8Array | null {
  checkFolds(nFolds);
  const first = values.find((value) => value !== 0);
  const nPositive = count(values, 1);
  const nNegative = count(values, -1);
  if (first === undefined || Math.min(nPositive, nNegative) < nFolds) return null;
  const folds = new Int8Array(values.length).fill(-1);
  // As if rows lay sorted, the class that appears first in front, and were dealt to the folds in turn: fold f gets
  // as many of a class as it would be dealt of it, but takes them in row order.
  const n = nPositive + nNegative;
  const nFirst = first === 1 ? nPositive : nNegative;
  for (const [value, from, to] of [
    [first, 0, nFirst],
    [-first, nFirst, n],
  ] as const) {
    const dealt = Array.from(
      { length: nFolds },
      (_, fold) => dealtBefore(to, fold) - dealtBefore(from, fold),
    );
    let fold = 0;
    for (let row = 0; row < values.length; row++) {
      if (values[row] !== value) continue;
      while (dealt[fold] === 0) fold++;
      dealt[fold]!--;
      folds[row] = fold;
    }
  }
  return folds;

  function dealtBefore(position: number, fold: number): number {
    return Math.ceil(Math.max(0, position - fold) / nFolds);
  }
}

/**
 * Folds that share no identity. Identities are dealt one after another, those that hold the largest share of a
 * modality first, each to the fold where it makes the shares of both modalities most even; equals in order of their
 * first row. Rows of value 0 take no part and get fold −1. `null` where that leaves a fold without one of the
 * modalities: there are too few identities that show it.
 */
export function identityFolds(values: Int8Array, identities: Int32Array, nFolds: number): Int8Array | null {
  checkFolds(nFolds);
  const nPositive = count(values, 1);
  const nNegative = count(values, -1);
  if (Math.min(nPositive, nNegative) < nFolds) return null;
  const people = new Map<number, { positive: number; negative: number; fold: number }>();
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 0) continue;
    const identity = identities[row]!;
    const person = people.get(identity) ?? { positive: 0, negative: 0, fold: -1 };
    if (values[row] === 1) person.positive += 1 / nPositive;
    else person.negative += 1 / nNegative;
    people.set(identity, person);
  }
  const filled = Array.from({ length: nFolds }, () => ({ positive: 0, negative: 0 }));
  const largestFirst = [...people.values()].sort(
    (a, b) => Math.max(b.positive, b.negative) - Math.max(a.positive, a.negative),
  );
  for (const person of largestFirst) {
    // How much the sum of squared shares grows, less what is the same for each fold.
    const growth = filled.map(
      ({ positive, negative }) => person.positive * positive + person.negative * negative,
    );
    person.fold = growth.indexOf(Math.min(...growth));
    filled[person.fold]!.positive += person.positive;
    filled[person.fold]!.negative += person.negative;
  }
  if (filled.some(({ positive, negative }) => positive === 0 || negative === 0)) return null;
  return Int8Array.from(values, (value, row) => (value === 0 ? -1 : people.get(identities[row]!)!.fold));
}

function checkFolds(nFolds: number): void {
  if (!(Number.isInteger(nFolds) && nFolds >= 2 && nFolds <= 100)) {
    throw new RangeError(`There can be 2 to 100 folds, not ${nFolds}.`);
  }
}

function count(values: Int8Array, wanted: number): number {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === wanted) n++;
  return n;
}
