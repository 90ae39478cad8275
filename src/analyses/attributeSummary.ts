import type { AttributeColumn } from '../domain/attributeColumn.ts';
import { kernelDensityEntropy, shannonEntropy } from '../numerics/entropy.ts';

/** What the annotations alone say about one attribute. */
export interface AttributeSummary {
  readonly attribute: string;
  readonly nPositive: number;
  readonly nNegative: number;
  readonly nUnknown: number;
  /** Mean of −1 and 1 over the images where it is known; like both entropies `null` where it never is. */
  readonly globalAverage: number | null;
  /** Mean over identities of the entropy of the attribute's values in an identity, nats; at most ln 2. */
  readonly intraEntropy: number | null;
  /** Entropy of the density of the identities' mean values, nats; at most ln 101. */
  readonly interEntropy: number | null;
}

/**
 * Counts and entropies of each attribute, as in the paper: an identity counts once, however many images it
 * has, and only by its images where the attribute is known. `identities`: a number ≥ 0 for each row;
 * `interEntropyBandwidth`: of the density of people's means, 0.1 in the paper's table and 0.05 in its figure.
 */
export function summarizeAttributes(
  identities: Int32Array,
  attributes: readonly AttributeColumn[],
  interEntropyBandwidth: number,
): AttributeSummary[] {
  const nIdentities = identities.reduce((largest, identity) => Math.max(largest, identity), -1) + 1;
  return attributes.map(({ name, values }) =>
    summarize(name, values, identities, nIdentities, interEntropyBandwidth),
  );
}

function summarize(
  attribute: string,
  values: Int8Array,
  identities: Int32Array,
  nIdentities: number,
  interEntropyBandwidth: number,
): AttributeSummary {
  const positives = new Int32Array(nIdentities);
  const negatives = new Int32Array(nIdentities);
  let nPositive = 0;
  let nNegative = 0;
  for (let row = 0; row < values.length; row++) {
    const identity = identities[row]!;
    if (values[row]! > 0) {
      positives[identity]!++;
      nPositive++;
    } else if (values[row]! < 0) {
      negatives[identity]!++;
      nNegative++;
    }
  }
  const nKnown = nPositive + nNegative;
  const counts = { attribute, nPositive, nNegative, nUnknown: values.length - nKnown };
  if (nKnown === 0) return { ...counts, globalAverage: null, intraEntropy: null, interEntropy: null };

  const means: number[] = [];
  let entropySum = 0;
  for (let identity = 0; identity < nIdentities; identity++) {
    const positive = positives[identity]!;
    const negative = negatives[identity]!;
    if (positive + negative === 0) continue;
    means.push((positive - negative) / (positive + negative));
    entropySum += shannonEntropy([positive, negative]);
  }
  return {
    ...counts,
    globalAverage: (nPositive - nNegative) / nKnown,
    intraEntropy: entropySum / means.length,
    interEntropy: kernelDensityEntropy(Float64Array.from(means), interEntropyBandwidth),
  };
}
