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
 * first row. Where that would leave a fold without one of the modalities, those that show both come first, and folds
 * that lack one before others. Rows of value 0 take no part and get fold −1. `null` where fewer identities than
 * folds show one of the modalities.
 */
export function identityFolds(values: Int8Array, identities: Int32Array, nFolds: number): Int8Array | null {
  checkFolds(nFolds);
  const nPositive = count(values, 1);
  const nNegative = count(values, -1);
  if (Math.min(nPositive, nNegative) < nFolds) return null;
  const people = new Map<number, Person>();
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 0) continue;
    const identity = identities[row]!;
    const person = people.get(identity) ?? { positive: 0, negative: 0, fold: -1 };
    if (values[row] === 1) person.positive += 1 / nPositive;
    else person.negative += 1 / nNegative;
    people.set(identity, person);
  }
  const everyone = [...people.values()];
  const nCarriers = (modality: 'positive' | 'negative'): number =>
    everyone.filter((person) => person[modality] > 0).length;
  if (Math.min(nCarriers('positive'), nCarriers('negative')) < nFolds) return null;
  if (!dealEvenly(everyone, nFolds)) dealSurely(everyone, nFolds);
  return Int8Array.from(values, (value, row) => (value === 0 ? -1 : people.get(identities[row]!)!.fold));
}

interface Share {
  positive: number;
  negative: number;
}

interface Person extends Share {
  fold: number;
}

/** The largest share first, each to the fold that it leaves most even; false where a fold lacks a modality then. */
function dealEvenly(people: readonly Person[], nFolds: number): boolean {
  const filled = emptyFolds(nFolds);
  for (const person of people.toSorted((a, b) => largestShare(b) - largestShare(a)))
    deal(person, filled, filled);
  return filled.every(({ positive, negative }) => positive > 0 && negative > 0);
}

/**
 * Those of both modalities first: as long as only they are dealt a fold has both or neither, and afterwards each
 * modality fills what it lacks by itself. Less even, but no fold lacks anything.
 */
function dealSurely(people: readonly Person[], nFolds: number): void {
  const filled = emptyFolds(nFolds);
  const isMixed = ({ positive, negative }: Share): number => Number(positive > 0 && negative > 0);
  const order = people.toSorted((a, b) => isMixed(b) - isMixed(a) || largestShare(b) - largestShare(a));
  for (const person of order) {
    const lacking = filled.filter(
      ({ positive, negative }) =>
        (person.positive > 0 && positive === 0) || (person.negative > 0 && negative === 0),
    );
    deal(person, lacking.length > 0 ? lacking : filled, filled);
  }
}

/** To the fold where the sum of squared shares grows least. */
function deal(person: Person, candidates: readonly Share[], filled: readonly Share[]): void {
  const growth = ({ positive, negative }: Share): number =>
    person.positive * positive + person.negative * negative;
  const fold = candidates.reduce((best, next) => (growth(next) < growth(best) ? next : best));
  person.fold = filled.indexOf(fold);
  fold.positive += person.positive;
  fold.negative += person.negative;
}

function emptyFolds(nFolds: number): Share[] {
  return Array.from({ length: nFolds }, () => ({ positive: 0, negative: 0 }));
}

function largestShare({ positive, negative }: Share): number {
  return Math.max(positive, negative);
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
